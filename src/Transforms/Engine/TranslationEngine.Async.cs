using System.Runtime.CompilerServices;
using MlNetImageTranslation.Imaging;

namespace MlNetImageTranslation.Transforms;

public sealed partial class TranslationEngine
{
    /// <summary>Translates one image on a thread of the pool.</summary>
    /// <param name="image">The image; it must not be changed meanwhile.</param>
    /// <param name="cancellationToken">Gives up before the work begins; a run under way is finished.</param>
    /// <inheritdoc cref="Translate(RgbImage)"/>
    public Task<RgbImage> TranslateAsync(RgbImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Task.Run(() => Translate(image), cancellationToken);
    }

    /// <summary>
    /// Translates a stream of images of any sizes, in order. The next batch is read while one runs; no more than two
    /// are in memory.
    /// </summary>
    /// <param name="images">The images; each is asked for when there is room for it.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    /// <inheritdoc cref="Translate(IReadOnlyList{RgbImage})"/>
    public async IAsyncEnumerable<RgbImage> TranslateAsync(
        IAsyncEnumerable<RgbImage> images,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(images);
        Task<IReadOnlyList<RgbImage>>? running = null;
        try
        {
            await foreach (var batch in Batches(images, cancellationToken).ConfigureAwait(false))
            {
                var finished = running;
                // Runs are one after the other; only reading goes on beside them.
                if (finished is not null)
                    await finished.ConfigureAwait(false);
                running = Task.Run(() => Translate(batch), cancellationToken);
                if (finished is null)
                    continue;
                foreach (var result in await finished.ConfigureAwait(false))
                    yield return result;
            }
            if (running is null)
                yield break;
            foreach (var result in await running.ConfigureAwait(false))
                yield return result;
        }
        finally
        {
            // A reader who leaves early, or a source that fails, must not leave a run behind.
            if (running is not null)
                await running
                    .ContinueWith(
                        _ => { },
                        CancellationToken.None,
                        TaskContinuationOptions.ExecuteSynchronously,
                        TaskScheduler.Default
                    )
                    .ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<List<RgbImage>> Batches(
        IAsyncEnumerable<RgbImage> images,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var batch = new List<RgbImage>(PreferredBatch);
        await foreach (var image in images.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            batch.Add(image);
            if (batch.Count < PreferredBatch)
                continue;
            yield return batch;
            batch = new(PreferredBatch);
        }
        if (batch.Count > 0)
            yield return batch;
    }
}
