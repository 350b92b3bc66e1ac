using Microsoft.Extensions.Options;
using MlNetImageTranslation.Imaging;

namespace ImageTranslation_Web.Translation;

/// <summary>
/// The line in front of the models. Who finds a place may upload an image and wait for a worker; who finds none is told
/// to come back. So memory is bounded by the number of places, however many visitors there are.
/// </summary>
internal sealed class TranslationQueue(ModelStore models, IOptions<TranslationSettings> settings) : IDisposable
{
    private readonly SemaphoreSlim _places = new(settings.Value.QueueLength + settings.Value.Workers);
    private readonly SemaphoreSlim _workers = new(settings.Value.Workers);
    private int _waiting;

    /// <summary>Images that wait for a worker.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>A place, to be disposed by who leaves; null where all are taken.</summary>
    public Place? TryEnter() => _places.Wait(0) ? new(this) : null;

    public void Dispose()
    {
        _places.Dispose();
        _workers.Dispose();
    }

    internal sealed class Place(TranslationQueue queue) : IDisposable
    {
        /// <summary>Waits for a worker, unless the visitor leaves before, and translates.</summary>
        public async Task<RgbImage> TranslateAsync(string model, RgbImage image, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref queue._waiting);
            try
            {
                await queue._workers.WaitAsync(cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref queue._waiting);
            }
            try
            {
                return await Task.Run(() => queue.Models.Open(model).Translate(image), CancellationToken.None);
            }
            finally
            {
                queue._workers.Release();
            }
        }

        public void Dispose() => queue._places.Release();
    }

    private ModelStore Models => models;
}
