namespace ImageTranslation_Score;

/// <summary>One row of the data view: a photograph's file name.</summary>
internal sealed class PhotoRow
{
    public string File { get; set; } = "";
}
