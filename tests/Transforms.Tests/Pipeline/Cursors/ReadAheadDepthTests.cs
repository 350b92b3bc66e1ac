namespace MlNetImageTranslation.Transforms.Tests;

public sealed class ReadAheadDepthTests
{
    [Fact]
    public void More_rows_are_held_up_to_a_limit()
    {
        var depth = new ReadAheadDepth(null, 4);
        var rows = new List<int>();
        for (int i = 0; i < 5; i++)
        {
            rows.Add(depth.Rows);
            depth.Grow();
        }
        Assert.Equal([4, 8, 16, 32, 32], rows);
        Assert.Equal(32, depth.Most);
    }

    [Fact]
    public void What_was_decided_stays()
    {
        var depth = new ReadAheadDepth(3, 4);
        depth.Grow();
        Assert.Equal((3, 3), (depth.Rows, depth.Most));
    }

    [Fact]
    public void Large_batches_are_held_whole()
    {
        var depth = new ReadAheadDepth(null, 64);
        Assert.Equal((64, 64), (depth.Rows, depth.Most));
    }
}
