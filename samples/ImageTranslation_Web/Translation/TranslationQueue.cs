using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using MlNetImageTranslation.Imaging;

namespace ImageTranslation_Web.Translation;

/// <summary>
/// Pictures wait here for a worker. The queue is short and says when it is full, so that under load visitors are told to come back
/// instead of piling up in memory.
/// </summary>
internal sealed class TranslationQueue : BackgroundService
{
    private readonly Channel<Job> _jobs;
    private readonly ModelStore _models;
    private readonly int _workers;

    public TranslationQueue(ModelStore models, IOptions<TranslationSettings> settings)
    {
        _models = models;
        _workers = settings.Value.Workers;
        _jobs = Channel.CreateBounded<Job>(settings.Value.QueueLength);
    }

    /// <summary>Pictures that wait for a worker.</summary>
    public int Waiting => _jobs.Reader.Count;

    /// <summary>Hands a picture over, unless the queue is full.</summary>
    /// <param name="result">The translated picture, some time later.</param>
    public bool TryEnqueue(string model, RgbImage picture, CancellationToken cancellation, [NotNullWhen(true)] out Task<RgbImage>? result)
    {
        var job = new Job(model, picture, new(TaskCreationOptions.RunContinuationsAsynchronously), cancellation);
        result = _jobs.Writer.TryWrite(job) ? job.Result.Task : null;
        return result is not null;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, _workers).Select(_ => Task.Run(() => WorkAsync(stoppingToken), stoppingToken)));

    private async Task WorkAsync(CancellationToken stopping)
    {
        await foreach (var job in _jobs.Reader.ReadAllAsync(stopping))
        {
            // Who has left does not need an answer.
            if (job.Cancellation.IsCancellationRequested)
            {
                job.Result.SetCanceled(job.Cancellation);
                continue;
            }
            try
            {
                job.Result.SetResult(_models.Open(job.Model).Translate(job.Picture));
            }
            catch (Exception exception)
            {
                job.Result.SetException(exception);
            }
        }
    }

    private sealed record Job(string Model, RgbImage Picture, TaskCompletionSource<RgbImage> Result, CancellationToken Cancellation);
}
