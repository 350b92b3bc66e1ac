namespace ImageTranslation_Web;

/// <summary>Answers refusals, and requests that the server could not read, as JSON (RFC 9457).</summary>
internal sealed class RefusalMiddleware(RequestDelegate next, ILogger<RefusalMiddleware> log)
{
    private const string RetryAfterSeconds = "2";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Who has left needs no answer.
        }
        catch (Refusal refusal) when (!context.Response.HasStarted)
        {
            if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
            if (refusal.InnerException is { } cause)
                log.LogError(cause, "{Reason}", refusal.Message);
            await AnswerAsync(context, refusal.Status, refusal.Message);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, exception.StatusCode, exception.Message);
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string reason) =>
        Results.Problem(reason, statusCode: status).ExecuteAsync(context);
}
