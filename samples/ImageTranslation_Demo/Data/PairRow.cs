namespace ImageTranslation_Demo.Data;

/// <summary>One row of the data view: the files of a source image and of what it should become.</summary>
internal sealed class PairRow
{
    public string SourcePath { get; set; } = "";

    public string TargetPath { get; set; } = "";
}
