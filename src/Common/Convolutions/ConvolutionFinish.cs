using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MlNetImageTranslation;

/// <summary>What is done to a result before it is written: a bias is added, and negative values are scaled.</summary>
/// <param name="Bias">A value for each channel, or null.</param>
/// <param name="Slope">What negative values are multiplied by, 0 to 1: 0 is ReLU, 1 changes nothing.</param>
internal readonly unsafe record struct ConvolutionFinish(nint Bias, float Slope)
{
    private const int Channels = IMinimalFiltering.Channels;

    /// <summary>A bias and no activation.</summary>
    public ConvolutionFinish(float* bias)
        : this((nint)bias, 1) { }

    /// <summary>Whether values change.</summary>
    public bool Changes => Bias != 0 || Slope != 1;

    /// <summary>That of the channels from one on.</summary>
    public ConvolutionFinish From(int channel) =>
        Bias == 0 ? this : this with { Bias = Bias + channel * sizeof(float) };

    /// <summary>The biases of some channels, and zeros.</summary>
    public Vector512<float> BiasOf(int channels)
    {
        float* values = stackalloc float[Channels];
        for (int i = 0; i < Channels; i++)
            values[i] = Bias != 0 && i < channels ? ((float*)Bias)[i] : 0;
        return Vector512.Load(values);
    }

    /// <summary>Finishes the values of some pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(float* pixels, int count, Vector512<float> bias)
    {
        if (Slope == 1)
            for (int i = 0; i < count; i++)
                (Vector512.Load(pixels + i * Channels) + bias).Store(pixels + i * Channels);
        else
        {
            var slope = Vector512.Create(Slope);
            for (int i = 0; i < count; i++)
            {
                var value = Vector512.Load(pixels + i * Channels) + bias;
                Vector512.Max(value, value * slope).Store(pixels + i * Channels);
            }
        }
    }
}
