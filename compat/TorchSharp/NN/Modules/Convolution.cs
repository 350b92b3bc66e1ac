using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What convolutions share: weight [out, in/groups, k...] (transposed [in, out/groups, k...]), bias, geometry.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    private protected Convolution(string name, bool transposed, long inChannels, long outChannels, long[] kernel, long[] stride, long[]? padding, Padding? paddingType, long[] dilation, long[] outputPadding, long groups, bool bias, PaddingModes paddingMode, Device? device, ScalarType? dtype) : base(name)
    {
        (this.transposed, in_channels, out_channels, kernel_size) = (transposed, inChannels, outChannels, kernel);
        (this.stride, this.padding, padding_type, this.dilation) = (stride, padding, paddingType, dilation);
        (output_padding, this.groups, padding_mode) = (outputPadding, groups, paddingMode);
        long[] ends = transposed ? [inChannels, outChannels / groups] : [outChannels, inChannels / groups];
        weight = new Parameter(empty([.. ends, .. kernel], dtype, device));
        if (bias) this.bias = new Parameter(empty([outChannels], dtype, device));
        reset_parameters();
    }

    public long in_channels { get; }
    public long out_channels { get; }
    public long[] kernel_size { get; set; }
    public long[] stride { get; set; }
    public long[]? padding { get; }
    public Padding? padding_type { get; }
    public long[] dilation { get; set; }
    public bool transposed { get; }
    public long[] output_padding { get; set; }
    public long groups { get; set; }
    public PaddingModes padding_mode { get; set; }

    public Parameter weight
    {
        get => ParameterOrNull("weight");
        set => SetParameter("weight", value);
    }

    public Parameter? bias
    {
        get => ParameterOrNull("bias");
        set => SetParameter("bias", value);
    }

    public void reset_parameters()
    {
        nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
        if (bias is null) return;
        var (fanIn, _) = nn.init.CalculateFanInAndFanOut(weight);
        if (fanIn != 0) nn.init.uniform_(bias, -1 / Math.Sqrt(fanIn), 1 / Math.Sqrt(fanIn));
    }
}
