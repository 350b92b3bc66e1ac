namespace MlNetImageTranslation.Transforms.Tests;

public sealed class WindowSizeTests
{
    private static readonly TimeSpan s_quick = TimeSpan.FromMilliseconds(1);

    [Fact]
    public void Windows_of_a_fast_model_grow()
    {
        var size = new WindowSize(null, 2);
        var rows = new List<int>();
        for (int i = 0; i < 6; i++)
        {
            rows.Add(size.Rows);
            size.Learn(size.Rows, s_quick);
        }
        Assert.Equal([2, 4, 8, 16, 32, 32], rows);
        Assert.Equal(32, size.Most);
    }

    [Fact]
    public void Windows_of_a_slow_model_do_not()
    {
        var size = new WindowSize(null, 2);
        size.Learn(2, TimeSpan.FromMilliseconds(50));
        Assert.Equal(2, size.Rows);
        // Nor does one with few rows, such as the last, say anything.
        size.Learn(1, s_quick);
        Assert.Equal(2, size.Rows);
    }

    [Fact]
    public void What_was_decided_stays()
    {
        var size = new WindowSize(3, 2);
        size.Learn(3, s_quick);
        Assert.Equal((3, 3), (size.Rows, size.Most));
        Assert.Equal((64, 64), (new WindowSize(null, 64).Rows, new WindowSize(null, 64).Most));
    }
}
