namespace MlNetImageTranslation.Transforms.Tests;

/// <summary>What <see cref="ConvolutionOperatorTests"/> compares with PyTorch.</summary>
internal static class ConvolutionCases
{
    public static IReadOnlyDictionary<string, ConvolutionCase> All { get; } =
        Make().ToDictionary(one => one.ToString());

    private static ConvolutionCase[] Make() =>
        [
            // The least there can be: one pixel.
            new(3, 1, [1, 1, 3, 3], 1) { Pads = [0, 0, 0, 0] },
            new(4, 1, [1, 3, 4, 4], 14) { Pads = [0, 0, 0, 0] },
            new(3, 2, [1, 14, 1, 1], 3),
            new(4, 2, [2, 1, 2, 2], 17),
            new(3, 1, [1, 17, 1, 1], 1) { Transposed = true },
            new(3, 2, [1, 3, 1, 1], 33) { Transposed = true, Pads = [1, 1, 1, 1] },
            new(4, 2, [1, 1, 1, 1], 3) { Transposed = true },
            new(4, 1, [1, 14, 1, 1], 1) { Transposed = true, Pads = [0, 3, 3, 0] },
            // One tile, and a row and a column more.
            new(3, 1, [1, 16, 4, 4], 32),
            new(3, 1, [2, 17, 5, 5], 33) { Slope = 0 },
            new(4, 1, [1, 32, 4, 4], 16) { Slope = 0.2f },
            new(4, 1, [3, 3, 5, 5], 48) { Bias = false },
            new(3, 2, [1, 33, 8, 8], 14) { Slope = 0.2f },
            new(4, 2, [2, 80, 9, 11], 17) { Slope = 0 },
            new(4, 2, [1, 32, 4, 4], 64) { Transposed = true, Slope = 0 },
            new(3, 2, [3, 17, 5, 4], 3) { Transposed = true, Bias = false },
            // Many tiles, and sides that are no multiples of them.
            new(3, 1, [1, 48, 23, 31], 80) { Slope = 0.2f },
            new(3, 1, [2, 80, 37, 22], 3) { Bias = false, Slope = 0 },
            new(3, 1, [3, 14, 19, 66], 17),
            new(4, 1, [1, 33, 31, 30], 33),
            new(4, 1, [2, 3, 45, 26], 64) { Slope = 0.2f },
            new(4, 2, [1, 3, 66, 47], 64) { Slope = 0.2f },
            new(4, 2, [3, 48, 34, 33], 33) { Bias = false, Slope = 0.2f },
            new(3, 2, [2, 14, 51, 38], 80) { Slope = 0 },
            new(3, 1, [2, 33, 18, 21], 14) { Transposed = true, Slope = 0.2f },
            new(4, 1, [1, 80, 15, 22], 3) { Transposed = true, Pads = [1, 2, 2, 1] },
            new(4, 2, [3, 48, 13, 17], 33) { Transposed = true, Slope = 0 },
            new(3, 2, [2, 33, 22, 19], 48)
            {
                Transposed = true,
                Pads = [1, 1, 0, 0],
                Slope = 0,
            },
            // Four sides of their own.
            new(3, 1, [1, 3, 11, 14], 14) { Pads = [0, 1, 2, 3] },
            new(3, 1, [1, 17, 13, 9], 3) { Pads = [9, 0, 0, 7], Slope = 0.2f },
            new(4, 1, [2, 14, 12, 15], 17) { Pads = [2, 1, 1, 2] },
            new(4, 1, [1, 1, 6, 6], 1) { Pads = [0, 11, 5, 0] },
            new(3, 2, [1, 33, 17, 18], 17) { Pads = [0, 0, 1, 1] },
            new(3, 2, [2, 3, 18, 15], 14) { Pads = [5, 0, 0, 6], Bias = false },
            new(4, 2, [1, 17, 21, 24], 33) { Pads = [2, 1, 0, 3], Slope = 0 },
            new(4, 2, [1, 14, 9, 10], 3) { Pads = [0, 13, 12, 0] },
            // Reflected where there are as few pixels as possible, on some sides, in several tiles and in several
            // ranges.
            new(3, 1, [1, 3, 2, 2], 14) { Reflects = true },
            new(3, 1, [2, 17, 5, 9], 33) { Reflects = true, Slope = 0 },
            new(3, 1, [1, 14, 16, 12], 3) { Reflects = true, Pads = [1, 0, 0, 1] },
            new(4, 1, [1, 33, 13, 14], 17) { Reflects = true, Bias = false },
            new(3, 2, [2, 14, 17, 18], 48) { Reflects = true },
            new(4, 2, [1, 48, 33, 34], 17) { Reflects = true, Pads = [0, 1, 1, 0] },
            new(3, 1, [2, 32, 201, 402], 14) { Reflects = true, Slope = 0.2f },
            // Cropped more on one side, not at all, and with pixels added at the end.
            new(3, 1, [1, 3, 9, 8], 17) { Transposed = true, Pads = [0, 2, 1, 0] },
            new(3, 1, [1, 14, 22, 25], 3) { Transposed = true, Pads = [7, 0, 0, 9] },
            new(4, 1, [2, 17, 10, 11], 14)
            {
                Transposed = true,
                Pads = [3, 0, 0, 2],
                Bias = false,
            },
            new(3, 2, [1, 17, 11, 8], 14) { Transposed = true, Pads = [0, 0, -1, -1] },
            new(3, 2, [2, 80, 9, 12], 33)
            {
                Transposed = true,
                Pads = [1, 0, -1, 1],
                Bias = false,
                Slope = 0.2f,
            },
            new(3, 2, [1, 3, 19, 20], 1) { Transposed = true, Pads = [11, 2, 0, 9] },
            new(4, 2, [1, 33, 10, 9], 17) { Transposed = true, Pads = [0, 1, 0, 2] },
            new(4, 2, [2, 14, 21, 19], 3)
            {
                Transposed = true,
                Pads = [0, 13, 17, 0],
                Slope = 0.2f,
            },
            // Weights that are transformed in each run.
            new(3, 1, [1, 177, 9, 14], 161) { Slope = 0.2f },
            new(4, 1, [2, 161, 5, 7], 200),
            new(3, 2, [1, 101, 11, 8], 129) { Bias = false, Slope = 0 },
            new(4, 2, [1, 97, 14, 26], 113),
            new(3, 1, [1, 200, 7, 12], 150) { Transposed = true },
            new(4, 1, [1, 177, 6, 9], 177) { Transposed = true, Pads = [2, 1, 1, 2] },
            new(3, 2, [1, 129, 7, 6], 97)
            {
                Transposed = true,
                Pads = [1, 1, 0, 0],
                Slope = 0,
            },
            new(4, 2, [2, 112, 5, 9], 98) { Transposed = true, Slope = 0.2f },
            // Larger than what is computed at a time.
            new(3, 1, [1, 32, 300, 400], 14) { Slope = 0 },
            new(3, 1, [3, 33, 155, 160], 3),
            new(4, 1, [1, 17, 210, 203], 33) { Bias = false },
            new(3, 2, [2, 33, 171, 213], 14),
            new(4, 2, [1, 48, 260, 270], 17) { Slope = 0.2f },
            new(3, 1, [1, 48, 190, 211], 14) { Transposed = true },
            new(4, 1, [1, 33, 151, 200], 14)
            {
                Transposed = true,
                Pads = [1, 2, 2, 1],
                Slope = 0.2f,
            },
            new(3, 2, [2, 17, 179, 233], 3) { Transposed = true, Pads = [1, 1, 0, 0] },
            new(4, 2, [3, 48, 101, 167], 3) { Transposed = true, Slope = 0 },
        ];
}
