using System.Runtime.InteropServices;

namespace MlNetImageTranslation.Transforms;

/// <summary>A convolution of a model that <see cref="ConvolutionOperator"/> computes.</summary>
internal abstract class ConvolutionKernel : IDisposable
{
    /// <summary>Values that the factors of what is read have at most: 16 MiB.</summary>
    public const long MostFactors = 1 << 22;

    /// <summary>Computes the convolution.</summary>
    /// <param name="context">The runtime's run.</param>
    public abstract void Compute(nint context);

    /// <summary>Frees the weights.</summary>
    public abstract void Dispose();

    /// <summary>That of a node.</summary>
    public static ConvolutionKernel Of(nint info)
    {
        var settings = ConvolutionSettings.Of(info);
        return settings.SmallestShape.Taps switch
        {
            2 => new ConvolutionKernel<FilteringOfTwo>(settings, info),
            3 => new ConvolutionKernel<FilteringOfThree>(settings, info),
            _ => new ConvolutionKernel<FilteringOfFour>(settings, info),
        };
    }
}

/// <summary>A convolution by one filtering, with the factors of its weights if they are few.</summary>
internal sealed unsafe class ConvolutionKernel<TFiltering> : ConvolutionKernel
    where TFiltering : struct, IMinimalFiltering
{
    private const nuint Image = 0,
        Weights = 1,
        Bias = 2;

    private readonly ConvolutionSettings _settings;
    private readonly nint _allocator;
    private readonly WinogradPanels _panels;
    private readonly float* _factors;

    public ConvolutionKernel(ConvolutionSettings settings, nint info)
    {
        _settings = settings;
        // Weights are taken in the same way whatever the size of images.
        var shape = settings.SmallestShape;
        _panels = WinogradWeights<TFiltering>.Panels(shape, settings.IsTransposed);
        if (_panels.Size <= ManagedOperator.MostReadyFactors)
        {
            float* weights = RuntimeApi.Constant(info, Weights);
            if (weights is null)
                throw new InvalidOperationException("The weights of a convolution must be a constant of the model.");
            _factors = (float*)NativeMemory.AlignedAlloc((nuint)_panels.Size * sizeof(float), CacheLines.Size);
            WinogradWeights<TFiltering>.Transform(shape, _panels, weights, _factors);
        }
        // At the end: what fails to open is not disposed.
        _allocator = RuntimeApi.Allocator(info);
    }

    public override void Compute(nint context)
    {
        nint image = RuntimeApi.Input(context, Image);
        Span<long> sides = stackalloc long[4];
        RuntimeApi.Shape(image, sides);
        var shape = _settings.ShapeOf(sides);
        var weights = new WinogradWeightSource(
            _panels,
            (nint)(_factors is null ? RuntimeApi.Values(RuntimeApi.Input(context, Weights)) : _factors),
            AreFactors: _factors is not null
        );
        nint bias = RuntimeApi.Input(context, Bias);
        var finish = new ConvolutionFinish(bias == 0 ? 0 : (nint)RuntimeApi.Values(bias), _settings.Slope);
        ReadOnlySpan<long> result = _settings.IsTransposed
            ? [shape.Images, shape.Inputs, shape.InputHeight, shape.InputWidth]
            : [shape.Images, shape.Outputs, shape.Height, shape.Width];
        float* source = RuntimeApi.Values(image),
            target = RuntimeApi.Values(RuntimeApi.Output(context, result));
        if (shape.Images == 0)
            return;
        var workers = new RuntimeWorkers(context, _allocator, _settings.Threads);
        WinogradPass<TFiltering>.Run(shape, source, weights, finish, target, workers, MostFactors);
    }

    public override void Dispose()
    {
        NativeMemory.AlignedFree(_factors);
        RuntimeApi.Release(_allocator);
    }
}
