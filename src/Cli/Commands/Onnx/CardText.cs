using System.Globalization;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Cli;

/// <summary>A model card in words.</summary>
internal static class CardText
{
    /// <summary>Its lines, most important first.</summary>
    public static IEnumerable<string> Lines(ModelCard card)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{card.Architecture}, {card.InputChannels} to {card.OutputChannels} channels, sides in multiples of "
                + $"{card.SizeMultiple}"
        )
            + (card.FixedSize is { } only ? $", {only} only" : "")
            + (card.TrainingSize is { } trained ? $", trained at {trained}" : "");
        if (card.Interface is { } pixels)
            yield return pixels == ModelInterface.Uint8Nhwc
                ? "reads and writes bytes, RGB"
                : FormattableString.Invariant(
                    $"reads and writes floats, RGB, {card.PixelMinimum}..{card.PixelMaximum}"
                );
        if (card.LabelColors is { } colors)
            yield return string.Create(CultureInfo.InvariantCulture, $"reads label images of {colors.Count} colours")
                + (card.InputChannels == 6 ? ", each with an instance image of its size" : "");
        if (card.NormStatistics is { } statistics)
            yield return $"batch norm by the statistics of "
                + $"{(statistics == NormalizationStatistics.Image ? "the image" : "training")}";
        if (card.DropoutAtInference)
            yield return "dropout is on";
        yield return $"weights {(card.Precision == WeightPrecision.Float16 ? "of 16" : "of 32")} "
            + $"bits{(card.WeightsSha256 is { } hash ? $", SHA-256 {hash}" : "")}";
        if (card.ReceptiveField is { } field)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"receptive field {field}{(card.HasGlobalStatistics ? ", and statistics over the whole image" : "")}"
            );
        if (card.Provenance is { } origin)
        {
            (string, object?)[] facts =
            [
                ("trainer", origin.Trainer),
                ("recipe", origin.Recipe),
                ("direction", origin.Direction),
                ("data", origin.DataSet),
                ("training images", origin.TrainingImages),
                ("validation images", origin.ValidationImages),
                ("epochs", origin.Epoch),
                ("steps", origin.Steps),
                ("batch size", origin.BatchSize),
                ("by", origin.CreatedBy),
                ("on", origin.Created?.ToString("u", CultureInfo.InvariantCulture)),
            ];
            var known = facts
                .Where(fact => fact.Item2 is not null)
                .Select(fact => string.Create(CultureInfo.InvariantCulture, $"{fact.Item1} {fact.Item2}"))
                .ToList();
            if (known.Count > 0)
                yield return string.Join(", ", known);
        }
    }
}
