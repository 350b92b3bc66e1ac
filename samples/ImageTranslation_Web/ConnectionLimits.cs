using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace ImageTranslation_Web;

/// <summary>Bounds what a connection costs, and for how long.</summary>
internal sealed class ConnectionLimits(IOptions<TranslationSettings> settings) : IConfigureOptions<KestrelServerOptions>
{
    private const int BufferBytes = 128 << 10;

    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5),
        s_idle = TimeSpan.FromSeconds(30),
        s_headers = TimeSpan.FromSeconds(10);

    public void Configure(KestrelServerOptions options)
    {
        var rate = new MinDataRate(settings.Value.MinimumBytesPerSecond, s_grace);
        var limits = options.Limits;
        limits.MinRequestBodyDataRate = rate;
        limits.MinResponseDataRate = rate;
        limits.MaxRequestBodySize = settings.Value.MaximumBytes;
        limits.MaxConcurrentConnections = settings.Value.Connections;
        limits.MaxRequestBufferSize = BufferBytes;
        limits.MaxResponseBufferSize = BufferBytes;
        limits.KeepAliveTimeout = s_idle;
        limits.RequestHeadersTimeout = s_headers;
        options.AddServerHeader = false;
    }
}
