namespace ImageTranslation_Web;

/// <summary>
/// Tells browsers what pages of this site may do: load its own script, style and images, and nothing else; no other
/// site shows it in a frame, and nothing is taken for another type than it says.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    // Visitors' own images are blob: addresses; the page's icon is a data: address.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment: the exception handler clears all headers before it answers.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            return Task.CompletedTask;
        });
        return next(context);
    }
}
