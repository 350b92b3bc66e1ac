using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace ImageTranslation_Web;

/// <summary>The places for images that are on their way up.</summary>
internal sealed class UploadPlaces(IOptions<TranslationSettings> settings) : IDisposable
{
    private readonly ConcurrencyLimiter _places = new(new() { PermitLimit = settings.Value.Uploads, QueueLimit = 0 });

    /// <summary>Images on their way up.</summary>
    public long Taken => settings.Value.Uploads - (_places.GetStatistics()?.CurrentAvailablePermits ?? 0);

    /// <summary>A place until it is disposed.</summary>
    /// <exception cref="Refusal">All are taken.</exception>
    public RateLimitLease Enter()
    {
        var lease = _places.AttemptAcquire();
        return lease.IsAcquired
            ? lease
            : throw new Refusal(
                StatusCodes.Status503ServiceUnavailable,
                "Too many images are on their way up; try again in a moment."
            );
    }

    public void Dispose() => _places.Dispose();
}
