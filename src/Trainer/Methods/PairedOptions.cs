using System.Text.Json.Serialization;
using Microsoft.ML;
using MlNetImageTranslation.Datasets;
using MlNetImageTranslation.Evaluation;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// What the trainers on pairs have in common, with a discriminator (<see cref="Pix2PixTrainer.Options"/>) and without
/// (<see cref="RegressionTrainer.Options"/>).
/// </summary>
public abstract class PairedOptions : GeneratorOptions
{
    private const string LabelLayer = "labels";

    /// <summary>For <c>Fit</c>: a view with the same columns to validate on.</summary>
    [JsonIgnore]
    public IDataView? ValidationSet { get; set; }

    /// <summary>The pairs to learn from, instead of <see cref="TrainingOptions.DataFolder"/>.</summary>
    [JsonIgnore]
    public ImagePairs? Pairs { get; set; }

    /// <summary>
    /// The pairs to validate on; null for the data folder's <c>val</c> or <c>test</c>, or a share of the training
    /// pairs.
    /// </summary>
    [JsonIgnore]
    public ImagePairs? ValidationPairs { get; set; }

    /// <summary>What the images of the data folder are.</summary>
    public PairLayout Layout { get; set; }

    /// <summary>
    /// A palette file where sources are label images: a line <c>red green blue name</c> for every class. The generator
    /// reads a plane of 0 and 1 for each, and so does the discriminator (pix2pixHD). Colours named <c>ignore</c> belong
    /// to no class; other colours count as the nearest of the palette.
    /// </summary>
    public string? LabelPaletteFile { get; set; }

    /// <summary>
    /// Number of classes where sources are gray label images whose levels are the classes' numbers, from 0: instead of
    /// <see cref="LabelPaletteFile"/>. Other levels and colours are an error, in training and in translation: where
    /// some mean no class, a palette can ignore them.
    /// </summary>
    public int? LabelCount { get; set; }

    /// <summary>
    /// A folder of instance images with the names of the label images, in its sub-folders <c>train</c> and <c>val</c>
    /// or in itself. Another plane then has the edges between instances. Colours have to differ between neighbours; ids
    /// may have 16 bits. The model reads an instance image beside each label image, too.
    /// </summary>
    public string? InstanceFolder { get; set; }

    /// <summary>
    /// The ML.NET column with instance images, for <c>Fit</c>, where sources are label images: as the source column;
    /// files may have ids of 16 bits. In place of <see cref="InstanceFolder"/>; null for none. The trained transformer
    /// reads both columns.
    /// </summary>
    [NotRecorded]
    public string? InstanceColumnName { get; set; }

    /// <summary>
    /// Weight of the total variation of the generated image: the mean absolute difference of neighbouring pixels. 0:
    /// none.
    /// </summary>
    public double TotalVariationWeight { get; set; }

    /// <summary>
    /// Weight of the distance between VGG16's features of generated and target images (Johnson et al. 2016). 0: none.
    /// </summary>
    public double PerceptualWeight { get; set; }

    /// <summary>
    /// A file with torchvision's VGG16 weights (safetensors or PyTorch): for <see cref="PerceptualWeight"/>, and for
    /// the encoder of a <c>vgg16-unet</c>.
    /// </summary>
    public string? VggWeights { get; set; }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireKnown(Layout, nameof(Layout));
        Require(
            TotalVariationWeight is >= 0 and < double.PositiveInfinity,
            nameof(TotalVariationWeight),
            "0 or more",
            TotalVariationWeight
        );
        Require(
            PerceptualWeight is >= 0 and < double.PositiveInfinity,
            nameof(PerceptualWeight),
            "0 or more",
            PerceptualWeight
        );
        Require(
            PerceptualWeight == 0 || VggWeights is not null,
            nameof(VggWeights),
            $"a file, because {nameof(PerceptualWeight)} is above 0",
            VggWeights
        );
        ValidateLabels();
    }

    internal override int SourceChannels =>
        ReadsLabels
            ? ReadsInstances
                ? 6
                : 3
            : InputChannels;

    /// <summary>Channels of what the discriminator sees of a source.</summary>
    internal int ConditionChannels => CreateLabels()?.Planes ?? InputChannels;

    /// <summary>Whether sources are label images.</summary>
    internal bool ReadsLabels => LabelPaletteFile is not null || LabelCount is not null;

    /// <summary>Whether an instance image is beside each of them.</summary>
    internal bool ReadsInstances => InstanceFolder is not null || InstanceColumnName is not null;

    /// <summary>The instance images of <see cref="Pairs"/>, where they come from a column.</summary>
    internal IReadOnlyList<RgbImage>? Instances { get; set; }

    /// <summary>The instance images of <see cref="ValidationPairs"/>, where they come from a column.</summary>
    internal IReadOnlyList<RgbImage>? ValidationInstances { get; set; }

    internal override LabelPlanesLayer? CreateLabels()
    {
        if (LabelCount is { } count)
            return Labels(Enumerable.Range(0, count).Select(level => level * 0x010101), []);
        if (LabelPaletteFile is not { } file)
            return null;
        var palette = LabelPalette.Load(file);
        var colors = palette.Colors.Where(color => color.Class >= 0).ToArray();
        if (colors.Select(color => color.Class).Distinct().Count() != colors.Length)
            throw new ArgumentException(
                $"Palette '{file}' has several colours of one name; a label plane has one.",
                nameof(LabelPaletteFile)
            );
        return Labels(
            colors.Select(color => color.Color),
            palette.Colors.Where(color => color.Class < 0).Select(color => color.Color)
        );
    }

    private LabelPlanesLayer Labels(IEnumerable<int> colors, IEnumerable<int> ignored) =>
        new()
        {
            Name = LabelLayer,
            Inputs = [NetworkGraph.InputName],
            Colors = [.. colors],
            IgnoredColors = [.. ignored],
            Edges = ReadsInstances,
        };

    private void ValidateLabels()
    {
        Require(LabelCount is null or (>= 1 and <= 256), nameof(LabelCount), "1 to 256", LabelCount);
        Require(
            LabelCount is null || LabelPaletteFile is null,
            nameof(LabelCount),
            "nothing, because there is a palette",
            LabelCount
        );
        Require(
            InstanceFolder is null || ReadsLabels && Pairs is null,
            nameof(InstanceFolder),
            $"{nameof(LabelPaletteFile)} or {nameof(LabelCount)} beside it, and images in a dataset folder",
            InstanceFolder
        );
        Require(
            InstanceColumnName is null
                || ReadsLabels
                    && InstanceFolder is null
                    && InstanceColumnName.Length > 0
                    && (Pairs is null || Instances is not null),
            nameof(InstanceColumnName),
            $"a column name for Fit, {nameof(LabelPaletteFile)} or {nameof(LabelCount)} beside it, and no "
                + $"{nameof(InstanceFolder)}",
            InstanceColumnName
        );
        if (!ReadsLabels)
            return;
        Require(InputChannels == 3, nameof(InputChannels), "3, because sources are label images", InputChannels);
        Require(ColorJitter == 0, nameof(ColorJitter), "0, because colours of labels have a meaning", ColorJitter);
        Require(Layout == PairLayout.Aligned, nameof(Layout), "aligned, because sources are label images", Layout);
    }
}
