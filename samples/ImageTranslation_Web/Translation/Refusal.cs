namespace ImageTranslation_Web;

/// <summary>A request is answered with this HTTP status and reason instead of an image.</summary>
internal sealed class Refusal(int status, string reason, Exception? cause = null) : Exception(reason, cause)
{
    public int Status => status;
}
