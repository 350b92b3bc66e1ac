using Microsoft.ML.OnnxRuntime;
using MlNetImageTranslation.Weights;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Finds by trying what a model without a card does to sizes: what free sides must be multiples of, and how much larger
/// or smaller its output is.
/// </summary>
/// <remarks>
/// A model that reads the multiples of m reads (a, a + m) and (a + m, a), where a is any multiple of m. The other way
/// round, what reads both reads multiples of a number that divides a and a + m on both axes, and therefore m. So two
/// runs prove a multiple, whatever the true one is, and no model that reads one size only, or squares only, passes.
/// </remarks>
internal sealed class SizeProbe(SlotPool pool, EngineModel model, TranslationEngineOptions options)
{
    private const int LargestPower = 256,
        LargestOther = 64;

    private static readonly int[] s_largeOthers = [80, 96, 112, 160, 192, 224];

    private const int SmallSide = 16,
        MostScale = 64;

    private const string WholeNumbers =
        "results have to be a whole number of times as large or as small as the image, the same on both sides";

    private Exception? _last;
    private (ImageSize Image, ImageSize Result)? _odd;

    /// <summary>
    /// The least free side that the model reads: reflection inside of it needs some pixels more than the padding is
    /// wide.
    /// </summary>
    public static int LeastSide(SlotPool pool, EngineModel model, ModelSizes sizes)
    {
        int failed = 0,
            least = RoundUp(ModelSizes.AlwaysEnough, sizes.Multiple);
        for (int side = sizes.Multiple; side < ModelSizes.AlwaysEnough; side *= 2)
        {
            if (Reads(side))
            {
                least = side;
                break;
            }
            failed = side;
        }
        // Doubling may have passed by the least one.
        while (least - failed > sizes.Multiple)
        {
            int middle = RoundUp((failed + least) / 2, sizes.Multiple);
            if (middle < least && Reads(middle))
                least = middle;
            else if (middle < least)
                failed = middle;
            else
                break;
        }
        return least;

        bool Reads(int side)
        {
            try
            {
                return pool.Use(slot => slot.Probe(sizes.Height ?? side, sizes.Width ?? side)) is not null;
            }
            catch (InvalidOperationException exception) when (exception.InnerException is OnnxRuntimeException)
            {
                return false; // Too small.
            }
        }
    }

    /// <summary>
    /// Runs a very small image first: a model that enlarges it without measure would take all memory with a larger one.
    /// </summary>
    /// <exception cref="NotSupportedException">The result is more than 64 times as large.</exception>
    public void CheckScale()
    {
        if (
            model.Height is null
            && model.Width is null
            && ResultOf(SmallSide, SmallSide) is { } result
            && Math.Max(result.Height, result.Width) > SmallSide * MostScale
        )
            throw new NotSupportedException(
                $"{model.Name} makes {result} of an image of {SmallSide}x{SmallSide}; results may be at most {MostScale} "
                    + $"times as large."
            );
    }

    /// <summary>
    /// How many pixels the model's results lack of a multiple of the image, where that is the same for images of two
    /// sizes; null where they lack none or it reads neither.
    /// </summary>
    public (int Loss, int Scale)? FindBorder()
    {
        const int small = 128,
            large = 256;
        if (model.Height is not null || model.Width is not null)
            return null;
        if (BorderedResult(small) is not { } less || less.Height != less.Width || less.Height % small == 0)
            return null;
        if (BorderedResult(large) is not { } more || more.Height != more.Width)
            return null;
        int scale = (more.Height - less.Height) / (large - small),
            loss = scale * small - less.Height;
        return loss > 0 && loss < scale * small && scale * large - more.Height == loss ? (loss, scale) : null;
    }

    // Attention takes much more memory for these sizes than for the smallest ones that tell a multiple.
    private ImageSize? BorderedResult(int side)
    {
        try
        {
            return ResultOf(side, side);
        }
        catch (ArgumentException exception)
            when (exception is RunTooLargeException || exception.ParamName == nameof(options.MaxRunPixels))
        {
            return null;
        }
    }

    /// <exception cref="NotSupportedException">The model reads one size only, and does not translate it.</exception>
    /// <exception cref="ArgumentException">What sides must be multiples of has to be said.</exception>
    public ModelSizes Find()
    {
        if (model.FixedSize is { } only)
            return ScaleOf(only.Height, only.Width) is { } scale
                ? new(only.Height, only.Width, 1, scale)
                : throw new NotSupportedException(
                    $"{model.Name} reads {only} and does not translate it: {Reason()}",
                    _last
                );
        if (options is { Resizes: true, Size: { } size } && ScaleOf(size.Height, size.Width) is { } scaleOfSize)
            return new(size.Height, size.Width, 1, scaleOfSize);
        foreach (int multiple in Candidates())
            if (ScaleOf(multiple) is { } scaleOfMultiple)
                return new(model.Height, model.Width, multiple, scaleOfMultiple);
        CheckFactor();
        throw new ArgumentException(Failure(), nameof(options.SizeMultiple), _last);
    }

    // Powers of two first: they are what most networks need.
    private IEnumerable<int> Candidates()
    {
        if (options.SizeMultiple is { } known)
            return [known];
        var powers = Enumerable.Range(0, 31).Select(bit => 1 << bit).TakeWhile(power => power <= LargestPower);
        var others = Enumerable.Range(3, LargestOther - 3).Where(number => !int.IsPow2(number));
        return [.. powers, .. others, .. s_largeOthers];
    }

    private ImageScale? ScaleOf(int multiple)
    {
        int first = RoundUp(ModelSizes.AlwaysEnough, multiple),
            second = first + multiple;
        return
            ScaleOf(model.Height ?? first, model.Width ?? second) is { } scale
            && ScaleOf(model.Height ?? second, model.Width ?? first) == scale
            ? scale
            : null;
    }

    private ImageScale? ScaleOf(int height, int width)
    {
        _odd = null;
        if (ResultOf(height, width) is not { } result)
            return null;
        var image = new ImageSize(width, height);
        if (ImageScale.Between(image, result) is { } scale)
            return scale;
        _odd = (image, result);
        return null;
    }

    private ImageSize? ResultOf(int height, int width)
    {
        ModelCheck.CheckPixels(model, options, (long)height * width);
        _last = null;
        try
        {
            return pool.Use(slot => slot.ProbeSize(height, width));
        }
        catch (InvalidOperationException exception) when (exception.InnerException is OnnxRuntimeException)
        {
            _last = exception;
            return null;
        }
    }

    private string Failure()
    {
        string size = options is { Resizes: true, Size: { } asked } ? $"neither {asked} nor " : "not ";
        return options.SizeMultiple is { } wrong
            ? $"{model.Name} does {size}translate images of any size whose sides are multiples of {wrong}, the "
                + $"{nameof(options.SizeMultiple)} that was given: {Reason()}"
            : $"{model.Name} does {size}translate images of any size, whatever their sides are multiples of (tried: "
                + $"1 to {LargestOther}, {string.Join(", ", s_largeOthers.Append(128).Append(LargestPower).Order())}). If it needs another "
                + $"multiple, say by {nameof(options.SizeMultiple)}; if it reads one size only, say by "
                + $"{nameof(options.Size)} and {nameof(options.Mode)} = {TranslationMode.ResizeToTrainingAndBack}. "
                + $"The last try: {Reason()}";
    }

    private string Reason() =>
        _last?.Message
        ?? (
            _odd is var (image, result)
                ? $"it makes {result} of an image of {image}, and {WholeNumbers}."
                : $"what it makes is no image, and {WholeNumbers}."
        );

    // If both sides keep their factors from one size to another, no multiple makes these a whole number.
    private void CheckFactor()
    {
        int less = s_largeOthers[^1],
            more = 2 * less;
        if (
            options.SizeMultiple is null
            && ResultOf(model.Height ?? less, model.Width ?? more) is { } wide
            && ResultOf(model.Height ?? more, model.Width ?? less) is { } high
            && (model.Height is not null || high.Height == 2 * wide.Height)
            && (model.Width is not null || wide.Width == 2 * high.Width)
        )
            throw new NotSupportedException(
                $"{model.Name} makes {wide} of an image of {model.Width ?? more}x{model.Height ?? less}; "
                    + $"{WholeNumbers}."
            );
    }

    private static int RoundUp(int side, int multiple) => (side + multiple - 1) / multiple * multiple;
}
