namespace ImageTranslation_Web;

/// <summary>
/// Sends a PNG in small pieces, each when the visitor has read the one before, and closes the connection of who takes
/// longer than allowed. Until then the request keeps its place.
/// </summary>
internal sealed class ImageAnswer(byte[] png, TimeSpan limit, TimeProvider time) : IResult
{
    private const int PieceBytes = 32 << 10;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "image/png";
        response.ContentLength = png.Length;
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, httpContext.RequestAborted);
        try
        {
            for (var sent = 0; sent < png.Length; sent += PieceBytes)
                await response.Body.WriteAsync(
                    png.AsMemory(sent, Math.Min(PieceBytes, png.Length - sent)),
                    either.Token
                );
        }
        catch (OperationCanceledException)
        {
            httpContext.Abort();
        }
    }
}
