using System.Globalization;
using Microsoft.Extensions.Options;

namespace ImageTranslation_Web;

/// <summary>
/// Reads the image of a request before the request gets a place for its translation. Uploads have places and a deadline
/// of their own, so slow visitors take nothing from those who are waiting for a worker.
/// </summary>
internal sealed class UploadMiddleware(
    RequestDelegate next,
    ModelStore models,
    UploadPlaces uploads,
    TranslationPlaces places,
    IOptions<TranslationSettings> options,
    TimeProvider time
)
{
    private readonly TranslationSettings _settings = options.Value;

    public async Task InvokeAsync(HttpContext context)
    {
        if (TakesImage.Is(context))
        {
            try
            {
                context.Features.Set(await ReadAsync(context));
            }
            catch (Refusal)
            {
                CloseConnection(context);
                throw;
            }
        }
        await next(context);
    }

    // What was not read of an upload is still on its way: the client must not send the next request behind it.
    private static void CloseConnection(HttpContext context) =>
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        });

    private async Task<Upload> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > _settings.MaximumBytes)
            throw TooManyBytes();
        var model = ModelName(context);
        // Who would find no place after the upload is spared it.
        if (places.AreTaken(context))
            throw TranslationPlaces.Full();
        using var upload = uploads.Enter();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(_settings.UploadSeconds), time);
        var reader = context.Request.BodyReader;
        using var ending = deadline.Token.Register(reader.CancelPendingRead);
        try
        {
            using var body = new MemoryStream((int)(context.Request.ContentLength ?? 0));
            while (true)
            {
                var read = await reader.ReadAsync(context.RequestAborted);
                foreach (var piece in read.Buffer)
                    body.Write(piece.Span);
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCanceled)
                    throw TooSlow();
                if (read.IsCompleted)
                    return new(model, body.Length == body.Capacity ? body.GetBuffer() : body.ToArray());
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooManyBytes();
        }
    }

    private string ModelName(HttpContext context)
    {
        var asked = context.Request.Query["model"].ToString();
        var list = models.List();
        if (asked.Length == 0)
            return list.FirstOrDefault()?.Name
                ?? throw new Refusal(StatusCodes.Status404NotFound, "There is no model.");
        return list.Any(model => model.Name == asked)
            ? asked
            : throw new Refusal(StatusCodes.Status404NotFound, $"There is no model '{asked}'.");
    }

    private Refusal TooSlow() =>
        new(StatusCodes.Status408RequestTimeout, $"The upload took more than {_settings.UploadSeconds} seconds.");

    private Refusal TooManyBytes() =>
        new(
            StatusCodes.Status413PayloadTooLarge,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Images of at most {_settings.MaximumBytes / 1048576.0:0.#} MB are accepted."
            )
        );
}
