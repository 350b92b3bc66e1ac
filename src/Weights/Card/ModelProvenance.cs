using System.Text.Json.Serialization;

namespace MlNetImageTranslation.Weights;

/// <summary>Where the weights of a model come from.</summary>
public sealed record ModelProvenance
{
    /// <summary>What trained or read them: a trainer (<c>pix2pix</c>, <c>cut</c>), or <c>import</c>.</summary>
    public string? Trainer { get; init; }

    /// <summary>
    /// The published recipe that its options follow, where that is not the trainer's own: <c>fastcut</c>,
    /// <c>pix2pixhd</c>, <c>pix2pixhd-local</c>, <c>keras-pix2pix</c>, <c>keras-cyclegan</c>. Null for none.
    /// </summary>
    public string? Recipe { get; init; }

    /// <summary>Which way it translates: <c>AtoB</c> or <c>BtoA</c>.</summary>
    public string? Direction { get; init; }

    /// <summary>Epochs trained.</summary>
    public int? Epoch { get; init; }

    /// <summary>Generator updates made.</summary>
    public long? Steps { get; init; }

    /// <summary>
    /// Images in a training batch; batch norms of models trained at 1 go by the statistics of the image.
    /// </summary>
    public int? BatchSize { get; init; }

    /// <summary>The dataset's name: a folder's or file's name, never its whole path.</summary>
    public string? DataSet { get; init; }

    /// <summary>Images (or pairs) trained on.</summary>
    [JsonPropertyName("trainingPictures")]
    public int? TrainingImages { get; init; }

    /// <summary>Images (or pairs) held out for validation.</summary>
    [JsonPropertyName("validationPictures")]
    public int? ValidationImages { get; init; }

    /// <summary>Name and version of the program that wrote the file.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>When the file was written, UTC.</summary>
    public DateTimeOffset? Created { get; init; }
}
