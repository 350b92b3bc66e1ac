using TorchSharp;
using static TorchSharp.torch.nn;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Changes of the images that a discriminator sees, through which gradients flow (Zhao et al. 2020, section 3.2;
/// DiffAugment_pytorch.py): brightness, saturation, contrast, then translation, then cutout.
/// </summary>
/// <param name="kinds">What is changed.</param>
/// <param name="seed">The run's seed.</param>
internal sealed class DiffAugment(DiscriminatorAugmentation kinds, long seed)
{
    /// <summary>Draws for every image.</summary>
    public const int Draws = 7;

    // Places in a step at which a discriminator sees images; at most so many.
    private const int Passes = 8;

    /// <summary>Changes images by the numbers of a place in the run.</summary>
    /// <param name="images">[N, C, H, W] in [-1, 1].</param>
    /// <param name="conditions">Channels before those of the judged image: a source that keeps its colours.</param>
    /// <param name="step">Steps made before.</param>
    /// <param name="pass">Which look of the discriminators in the step, 0 to 7. Equal looks are changed alike.</param>
    /// <param name="first">Images of the step before these.</param>
    public Tensor Of(Tensor images, int conditions, long step, int pass, int first)
    {
        if (kinds == DiscriminatorAugmentation.None)
            return images;
        var random = new CounterRandom(seed, RandomStream.DiscriminatorAugmentation, step * Passes + pass);
        random.Skip(first * Draws);
        double[][] draws = new double[images.shape[0]][];
        for (int i = 0; i < draws.Length; i++)
        {
            draws[i] = new double[Draws];
            for (int draw = 0; draw < Draws; draw++)
                draws[i][draw] = random.NextDouble();
        }
        return Apply(images, conditions, kinds, draws);
    }

    /// <summary>Changes images by these numbers.</summary>
    /// <param name="images">As for <see cref="Of"/>.</param>
    /// <param name="conditions">As for <see cref="Of"/>.</param>
    /// <param name="kinds">What is changed.</param>
    /// <param name="draws">For every image seven numbers in [0, 1): brightness, saturation, contrast, shift down and
    /// right, place of the cutout down and right.</param>
    internal static Tensor Apply(Tensor images, int conditions, DiscriminatorAugmentation kinds, double[][] draws)
    {
        if (kinds.HasFlag(DiscriminatorAugmentation.Color))
            images = ChangeColors(images, conditions, draws);
        if (kinds.HasFlag(DiscriminatorAugmentation.Translation))
            images = Translate(images, draws);
        if (kinds.HasFlag(DiscriminatorAugmentation.Cutout))
            images = images * CutoutMask(images, draws);
        return images;
    }

    private static Tensor ChangeColors(Tensor images, int conditions, double[][] draws)
    {
        var judged = conditions > 0 ? images.narrow(1, conditions, images.shape[1] - conditions) : images;
        judged = judged.Plus(Column(0, draw => draw - 0.5));
        var gray = judged.mean([1L], keepdim: true);
        judged = (judged.Minus(gray) * Column(1, draw => draw * 2)).Plus(gray);
        var level = judged.mean([1L, 2, 3], keepdim: true);
        judged = (judged.Minus(level) * Column(2, draw => draw + 0.5)).Plus(level);
        return conditions > 0 ? torch.cat([images.narrow(1, 0, conditions), judged], 1) : judged;

        Tensor Column(int draw, Func<double, double> value) =>
            torch
                .tensor(Array.ConvertAll(draws, drawn => (float)value(drawn[draw])), [draws.Length, 1, 1, 1])
                .to(images.device);
    }

    private static Tensor Translate(Tensor images, double[][] draws)
    {
        long height = images.shape[2],
            width = images.shape[3];
        int down = Part(height, 0.125),
            right = Part(width, 0.125);
        var padded = functional.pad(images, [right, right, down, down]);
        var shifted = new Tensor[draws.Length];
        for (int i = 0; i < shifted.Length; i++)
            shifted[i] = padded
                .narrow(0, i, 1)
                .narrow(2, Whole(draws[i][3], 2 * down + 1), height)
                .narrow(3, Whole(draws[i][4], 2 * right + 1), width);
        return torch.cat(shifted);
    }

    private static Tensor CutoutMask(Tensor images, double[][] draws)
    {
        int height = (int)images.shape[2],
            width = (int)images.shape[3],
            cutHeight = Part(height, 0.5),
            cutWidth = Part(width, 0.5);
        float[] mask = new float[draws.Length * height * width];
        Array.Fill(mask, 1);
        for (int i = 0; i < draws.Length; i++)
        {
            int top = Whole(draws[i][5], height + 1 - cutHeight % 2) - cutHeight / 2,
                left = Whole(draws[i][6], width + 1 - cutWidth % 2) - cutWidth / 2,
                begin = Math.Max(0, left),
                end = Math.Min(width, left + cutWidth);
            for (int y = Math.Max(0, top); y < Math.Min(height, top + cutHeight); y++)
                mask.AsSpan((i * height + y) * width + begin, end - begin).Clear();
        }
        return torch.tensor(mask, [draws.Length, 1, height, width]).to(images.device);
    }

    private static int Part(long side, double ratio) => (int)(side * ratio + 0.5);

    private static int Whole(double draw, int bound) => (int)(draw * bound);
}
