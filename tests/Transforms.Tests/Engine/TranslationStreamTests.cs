using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms.Tests;

public sealed class TranslationStreamTests : IDisposable
{
    private readonly TranslationEngine _engine = new(
        TestModels.Export(TestModels.Strided),
        new()
        {
            Device = TranslationDevice.Cpu,
            Threads = 1,
            BatchSize = 3,
        }
    );
    private readonly RgbImage[] _images = [.. Enumerable.Range(0, 8).Select(i => TestImages.Make(8 + i % 2, 9, i))];

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task A_stream_comes_out_in_order()
    {
        var results = new List<byte[]>();
        await foreach (var result in _engine.TranslateAsync(Source(), TestContext.Current.CancellationToken))
            results.Add(result.Pixels);
        Assert.Equal(_images.Select(image => _engine.Translate(image).Pixels), results);
        Assert.Equal(
            results[0],
            (await _engine.TranslateAsync(_images[0], TestContext.Current.CancellationToken)).Pixels
        );
    }

    [Fact]
    public async Task No_more_is_read_than_two_batches_ahead()
    {
        int read = 0,
            got = 0;
        await foreach (var _ in _engine.TranslateAsync(Source(() => read++), TestContext.Current.CancellationToken))
        {
            got++;
            Assert.InRange(read - got, 0, 6);
        }
        Assert.Equal(8, got);
    }

    [Fact]
    public async Task A_failing_source_fails_the_stream()
    {
        int read = 0;
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (
                var _ in _engine.TranslateAsync(
                    Source(() =>
                    {
                        if (++read == 5)
                            throw new IOException("gone");
                    }),
                    TestContext.Current.CancellationToken
                )
            ) { }
        });
    }

    [Fact]
    public async Task Waiting_callers_are_run_together_and_get_their_own_images()
    {
        using var single = new TranslationEngine(
            TestModels.Export(TestModels.Strided),
            new() { Device = TranslationDevice.Cpu, Threads = 1 }
        );
        var tasks = Enumerable
            .Range(0, 40)
            .Select(i =>
                Task.Factory.StartNew(
                    () => (i, _engine.Translate(_images[i % 8]).Pixels),
                    TaskCreationOptions.LongRunning
                )
            )
            .ToArray();
        foreach (var (i, pixels) in await Task.WhenAll(tasks))
            Assert.Equal(single.Translate(_images[i % 8]).Pixels, pixels);
    }

    private async IAsyncEnumerable<RgbImage> Source(Action? read = null)
    {
        foreach (var image in _images)
        {
            await Task.Yield();
            read?.Invoke();
            yield return image;
        }
    }
}
