using System.Numerics;

namespace MlNetImageTranslation;

/// <summary>
/// Gray label images whose levels are the numbers of classes, from 0. Other pixels would count as the class that is
/// nearest, which no class number is.
/// </summary>
internal static class LabelLevels
{
    /// <summary>What one level of 8 bits is in 16: 65535 / 255.</summary>
    public const int WideStep = 257;

    /// <summary>
    /// The number of classes where a model's label colours are levels of gray from 0; null for other colours, of which
    /// the nearest is meant.
    /// </summary>
    /// <param name="colors">As in the model card: <c>#rrggbb</c>.</param>
    public static int? CountOf(IReadOnlyList<string>? colors) =>
        colors is { Count: > 0 }
        && colors.Select((color, i) => color == FormattableString.Invariant($"#{i * 0x010101:x6}")).All(same => same)
            ? colors.Count
            : null;

    /// <summary>
    /// As <see cref="CountOf(IReadOnlyList{string})"/>, for the colours of a network: <c>0xrrggbb</c>.
    /// </summary>
    public static int? CountOf(IReadOnlyList<int> colors) =>
        colors.Count > 0 && colors.Select((color, i) => color == i * 0x010101).All(same => same) ? colors.Count : null;

    /// <summary>What the first pixel has that is of no class, and where it is; null where there is none.</summary>
    /// <param name="rgb">Three bytes a pixel.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="count">The number of classes.</param>
    public static string? FindOther(ReadOnlySpan<byte> rgb, int width, int count)
    {
        if (IndexOfOther(rgb, 1, count) is not { } i)
            return null;
        string what = IsGray(rgb, i)
            ? FormattableString.Invariant($"level {rgb[i]}")
            : FormattableString.Invariant($"the colour #{rgb[i]:x2}{rgb[i + 1]:x2}{rgb[i + 2]:x2}, which is no gray,");
        return At(what, i, width);
    }

    /// <summary>
    /// As <see cref="FindOther(ReadOnlySpan{byte}, int, int)"/>, for samples of 16 bits: 257 times the level of 8 bits.
    /// </summary>
    /// <param name="rgb">Three samples a pixel.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="count">The number of classes.</param>
    public static string? FindOther(ReadOnlySpan<ushort> rgb, int width, int count)
    {
        if (IndexOfOther(rgb, WideStep, count) is not { } i)
            return null;
        string what = IsGray(rgb, i)
            ? FormattableString.Invariant($"the 16-bit level {rgb[i]}")
            : FormattableString.Invariant($"the 16-bit colour {rgb[i]}, {rgb[i + 1]}, {rgb[i + 2]}, which is no gray,");
        return At(what, i, width);
    }

    /// <summary>What to say of an image with such a pixel.</summary>
    /// <param name="found">What <see cref="FindOther(ReadOnlySpan{byte}, int, int)"/> found.</param>
    /// <param name="reader">The model that reads the image.</param>
    /// <param name="count">The number of classes.</param>
    public static string Refusal(string found, string reader, int count) =>
        $"The image has {found}; {reader} reads label images with gray levels of "
        + FormattableString.Invariant($"0 to {count - 1}, the numbers of its classes.");

    /// <summary>Gives pixels of no class the level of the nearest one.</summary>
    /// <param name="rgb">Three bytes a pixel.</param>
    /// <param name="count">The number of classes.</param>
    public static void MakeNearest(Span<byte> rgb, int count)
    {
        for (int i = 0; i < rgb.Length; i += 3)
            rgb.Slice(i, 3).Fill((byte)Math.Min((rgb[i] + rgb[i + 1] + rgb[i + 2] + 1) / 3, count - 1));
    }

    // Where the samples of the first pixel of no class begin; null where there is none.
    private static int? IndexOfOther<T>(ReadOnlySpan<T> rgb, int step, int count)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int i = 0; i < rgb.Length; i += 3)
        {
            var (level, rest) = Math.DivRem(int.CreateTruncating(rgb[i]), step);
            if (!IsGray(rgb, i) || rest != 0 || level >= count)
                return i;
        }
        return null;
    }

    private static bool IsGray<T>(ReadOnlySpan<T> rgb, int i)
        where T : unmanaged, IBinaryInteger<T> => rgb[i + 1] == rgb[i] && rgb[i + 2] == rgb[i];

    private static string At(string what, int i, int width) =>
        FormattableString.Invariant($"{what} at column {i / 3 % width}, row {i / 3 / width}");
}
