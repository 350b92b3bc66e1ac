using System.Runtime.Intrinsics.X86;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>The kernels of each width of registers give what plain loops give.</summary>
public sealed unsafe class MatrixKernelTests
{
    [Theory]
    [InlineData(256, 1, 5, false)]
    [InlineData(256, 3, 16, true)]
    [InlineData(512, 1, 5, true)]
    [InlineData(512, 3, 16, false)]
    public void Products(int bits, int groups, int steps, bool add)
    {
        Require(bits);
        // Rows of the left matrix are 16 apart, and groups of its columns 160; those of the right one lie in two parts.
        float[] left = Values(1, groups * 160),
            right = Values(2, groups * steps * 16 + 5000),
            result = Values(3, MatrixKernel.Rows * 40),
            expected = [.. result];
        var layout = new MatrixLayout
        {
            LeftRow = 16,
            LeftStep = 1,
            LeftGroup = 160 - steps,
            RightHalf = 5000,
            RightStep = 16,
            ResultRow = 40,
            Groups = groups,
            Steps = steps,
            Add = add,
        };
        for (int row = 0; row < MatrixKernel.Rows; row++)
        for (int column = 0; column < MatrixKernel.Columns; column++)
        {
            double sum = add ? expected[row * 40 + column] : 0;
            for (int k = 0; k < groups * steps; k++)
                sum +=
                    (double)left[k / steps * 160 + row * 16 + k % steps]
                    * right[k * 16 + column / 16 * 5000 + column % 16];
            expected[row * 40 + column] = (float)sum;
        }

        fixed (
            float* a = left,
                b = right,
                c = result
        )
            if (bits == 512)
                MatrixKernel512.Multiply(a, b, c, layout);
            else
                MatrixKernel256.Multiply(a, b, c, layout);

        Assert.All(expected.Zip(result), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Theory]
    [InlineData(256, 16, 16)]
    [InlineData(256, 9, 13)]
    [InlineData(256, 3, 16)]
    [InlineData(512, 16, 16)]
    [InlineData(512, 9, 13)]
    [InlineData(512, 16, 1)]
    public void Transpositions(int bits, int rows, int columns)
    {
        Require(bits);
        // Exactly as long as needed: a page that is not there would end the process.
        float[] source = Values(1, (rows - 1) * 20 + columns),
            target = new float[columns * 18],
            expected = new float[columns * 18];
        for (int row = 0; row < rows; row++)
        for (int column = 0; column < columns; column++)
            expected[column * 18 + row] = source[row * 20 + column];

        fixed (
            float* a = source,
                b = target
        )
            if (bits == 512)
                Transposition512.Run(a, 20, rows, b, 18, columns);
            else
                Transposition256.Run(a, 20, rows, b, 18, columns);

        // What is beyond the rows is left as it was.
        Assert.Equal(expected, target);
    }

    private static void Require(int bits) =>
        Assert.SkipUnless(
            bits == 512 ? Avx512F.IsSupported : Fma.IsSupported,
            $"The processor has no registers of {bits} bits."
        );

    private static float[] Values(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
