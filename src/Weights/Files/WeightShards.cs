using System.Globalization;
using System.Text.RegularExpressions;

namespace MlNetImageTranslation.Weights;

/// <summary>
/// Recognizes by its name one of the files that large checkpoints are split into
/// (<c>model-00001-of-00003.safetensors</c>).
/// </summary>
internal static partial class WeightShards
{
    /// <summary>A sentence that says what the file is and what helps; null where its name says nothing.</summary>
    public static string? Describe(string path)
    {
        var name = Name().Match(Path.GetFileName(path));
        return
            name.Success
            && int.TryParse(name.Groups["part"].ValueSpan, CultureInfo.InvariantCulture, out int part)
            && int.TryParse(name.Groups["parts"].ValueSpan, CultureInfo.InvariantCulture, out int parts)
            && part <= parts
            && parts > 1
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"By its name it is part {part} of {parts} of a checkpoint, and weights are read from one file only: "
                    + $"load all parts where they were made, and save their tensors in one file."
            )
            : null;
    }

    [GeneratedRegex(@"[-_.](?<part>[0-9]{1,9})-of-(?<parts>[0-9]{1,9})(?=\.|$)")]
    private static partial Regex Name();
}
