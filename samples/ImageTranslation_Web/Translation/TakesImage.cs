namespace ImageTranslation_Web;

/// <summary>
/// Marks the addresses whose requests carry an image: they take an upload's place, then a translation's.
/// </summary>
internal sealed class TakesImage
{
    public static TakesImage Instance { get; } = new();

    public static bool Is(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<TakesImage>() is not null;
}
