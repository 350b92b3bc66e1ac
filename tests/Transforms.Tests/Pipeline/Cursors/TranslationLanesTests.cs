using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms.Tests;

public sealed class TranslationLanesTests
{
    [Theory]
    [InlineData(TranslationScheduling.Latency, 1)]
    [InlineData(TranslationScheduling.Throughput, 1)]
    [InlineData(TranslationScheduling.Throughput, 3)]
    public void Images_come_out_as_the_engine_translates_them(TranslationScheduling scheduling, int batchSize)
    {
        using var engine = Engine(scheduling, batchSize);
        RgbImage[] images = [.. Enumerable.Range(0, 11).Select(i => TestImages.Make(8 + i % 3, 9, i))];
        var lanes = new TranslationLanes(engine);
        var rows = Rows(images);
        foreach (var row in rows)
        {
            lanes.Add(row);
            lanes.Start();
        }
        for (int i = 0; i < rows.Count; i++)
        {
            using var result = rows[i].Result()!.ToMLImage();
            Assert.Equal(engine.Translate(images[i]).Pixels, TestFolder.Pixels(result));
        }
        lanes.Stop();
    }

    [Fact]
    public void It_is_told_that_a_lane_found_nothing_to_do()
    {
        using var engine = Engine(TranslationScheduling.Throughput, 1);
        var lanes = new TranslationLanes(engine);
        Assert.False(lanes.RanDry());
        lanes.Add(Rows([TestImages.Make(8, 8)])[0]);
        lanes.Start();
        lanes.Stop();
        Assert.True(lanes.RanDry());
        Assert.False(lanes.RanDry());
    }

    [Fact]
    public void What_fails_in_the_engine_fails_for_that_image_alone()
    {
        using var engine = new TranslationEngine(
            TestModels.Export(TestModels.Strided),
            new()
            {
                Device = TranslationDevice.Cpu,
                BatchSize = 4,
                Mode = TranslationMode.Exact,
            }
        );
        var lanes = new TranslationLanes(engine);
        var rows = Rows([TestImages.Make(8, 8), TestImages.Make(7, 8), TestImages.Make(8, 8)]);
        foreach (var row in rows)
            lanes.Add(row);
        lanes.Start();
        Assert.NotNull(rows[0].Result());
        Assert.Throws<ArgumentException>(() => rows[1].Result());
        Assert.NotNull(rows[2].Result());
    }

    private static TranslationEngine Engine(TranslationScheduling scheduling, int batchSize) =>
        new(
            TestModels.Export(TestModels.Strided),
            new()
            {
                Device = TranslationDevice.Cpu,
                Scheduling = scheduling,
                BatchSize = batchSize,
            }
        );

    private static List<RowImage> Rows(IEnumerable<RgbImage> images) =>
        [.. images.Select(image => new RowImage(new TranslationSource(image)))];
}
