using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace ImageTranslation_Web;

/// <summary>
/// The places for translations: ASP.NET Core's rate limiter gives one to a request whose image is read, and takes it
/// back when the last byte of the answer is handed to the connection. So memory is bounded by the number of places,
/// however many visitors there are and however slowly they read.
/// </summary>
internal sealed class TranslationPlaces(IOptions<TranslationSettings> settings)
    : IConfigureOptions<RateLimiterOptions>,
        IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, bool>(
        context =>
            TakesImage.Is(context)
                ? RateLimitPartition.GetConcurrencyLimiter(
                    true,
                    _ => new() { PermitLimit = settings.Value.Workers + settings.Value.QueueLength, QueueLimit = 0 }
                )
                : RateLimitPartition.GetNoLimiter(false)
    );

    /// <summary>The refusal of who finds no place.</summary>
    public static Refusal Full() =>
        new(StatusCodes.Status503ServiceUnavailable, "Too many images are waiting; try again in a moment.");

    /// <summary>Whether a request would find no place now.</summary>
    public bool AreTaken(HttpContext context) => _limiter.GetStatistics(context)?.CurrentAvailablePermits == 0;

    public void Configure(RateLimiterOptions options)
    {
        options.GlobalLimiter = _limiter;
        options.OnRejected = (_, _) => throw Full();
    }

    public void Dispose() => _limiter.Dispose();
}
