using Microsoft.ML.OnnxRuntime;

namespace MlNetImageTranslation.Transforms;

/// <summary>
/// A model with a session, and what is known of the sizes that it reads: the second stage of an engine.
/// </summary>
/// <param name="Model">The model; another one than was loaded where it loses its borders.</param>
/// <param name="Opener">Opens more sessions of it.</param>
/// <param name="Slots">The first session.</param>
/// <param name="Sizes">The sizes that it reads.</param>
internal sealed record OpenedModel(EngineModel Model, SessionOpener Opener, SlotPool Slots, ModelSizes Sizes)
{
    private const int SmallSide = 16;

    /// <exception cref="InvalidOperationException">The runtime refuses the model or the device.</exception>
    /// <exception cref="NotSupportedException">What comes out is no image.</exception>
    /// <exception cref="ArgumentException">The sizes that the model reads have to be said, or it exceeds a
    /// limit.</exception>
    public static OpenedModel Open(IModelRuntime runtime, EngineModel model, TranslationEngineOptions options)
    {
        try
        {
            return OpenInColorOrGray(runtime, model, options);
        }
        catch (InvalidOperationException failure) when (failure.InnerException is OnnxRuntimeException)
        {
            // Of double precision the runtime has few kernels.
            if (model.WithFloats() is not { } floats)
                throw;
            return OpenInColorOrGray(runtime, floats, options);
        }
    }

    private static OpenedModel OpenInColorOrGray(
        IModelRuntime runtime,
        EngineModel model,
        TranslationEngineOptions options
    )
    {
        try
        {
            return OpenAsItIs(runtime, model, options);
        }
        catch (Exception failure)
            when (failure is InvalidOperationException or ArgumentException and not RunTooLargeException)
        {
            foreach (var gray in GrayForms(model))
                if (TryOpen(runtime, gray, options) is { } opened)
                    return opened;
            throw;
        }
    }

    // What else it may read and give where nothing tells how many channels these have.
    private static IEnumerable<EngineModel> GrayForms(EngineModel model)
    {
        var input = model.WithGrayInput();
        if (input is not null)
            yield return input;
        if (model.WithGrayOutput() is { } output)
            yield return output;
        if (input?.WithGrayOutput() is { } both)
            yield return both;
    }

    private static OpenedModel? TryOpen(IModelRuntime runtime, EngineModel model, TranslationEngineOptions options)
    {
        try
        {
            return OpenAsItIs(runtime, model, options);
        }
        catch (Exception failure)
            when (failure is InvalidOperationException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static OpenedModel OpenAsItIs(IModelRuntime runtime, EngineModel model, TranslationEngineOptions options)
    {
        CheckMemory(model);
        var opener = new SessionOpener(runtime, model, options);
        SlotPool slots;
        try
        {
            slots = opener.OpenFirst();
        }
        catch (InvalidOperationException exception) when (exception.InnerException is OnnxRuntimeException)
        {
            OutputCheck.Check(model, exception);
            throw;
        }
        try
        {
            if (model.Card is { Interface: not null } card)
                return new(model, opener, slots, new(model.Height, model.Width, card.SizeMultiple, 1));
            var probe = new SizeProbe(slots, model, options);
            probe.CheckScale();
            if (model.Pixels.BorderLoss > 0 || probe.FindBorder() is not var (loss, scale))
                return new(model, opener, slots, probe.Find());
            slots.Dispose();
            return OpenAsItIs(runtime, model.WithBorder(loss, scale), options);
        }
        catch (ArgumentException exception) when (exception.ParamName == nameof(options.SizeMultiple))
        {
            slots.Dispose();
            OutputCheck.Check(model, exception);
            throw;
        }
        catch
        {
            slots.Dispose();
            throw;
        }
    }

    // The smallest run: what it takes whatever the image's size, and what is made anew from constants, the runtime
    // makes when it loads the model. A multiple that only the card tells, which every image is padded to, allows
    // nothing.
    private static void CheckMemory(EngineModel model)
    {
        int side = Math.Max(SmallSide, model.Card?.SizeMultiple ?? 1),
            height = model.Height ?? side,
            width = model.Width ?? side;
        double counted = (double)(model.Height ?? SmallSide) * (model.Width ?? SmallSide);
        model.Memory.Check(model.Pixels.FixedBatch ?? 1, height, width, onCpu: true, counted);
    }
}
