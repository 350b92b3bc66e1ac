using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public abstract class ConvolutionTranspose : Convolution
    {
        private protected ConvolutionTranspose(string name, long inChannels, long outChannels, long[] kernel, long[] stride, long[] padding, long[] dilation, long[] outputPadding, long groups, bool bias, PaddingModes paddingMode, Device? device, ScalarType? dtype)
            : base(name, true, inChannels, outChannels, kernel, stride, padding, null, dilation, outputPadding, groups, bias, paddingMode, device, dtype) { }

        public override Tensor forward(Tensor input) => forward(input, null);

        /// <summary>With output_size, the output padding follows from it.</summary>
        public abstract Tensor forward(Tensor input, long[]? output_size);
    }

    public sealed class ConvTranspose2d : ConvolutionTranspose
    {
        internal ConvTranspose2d(long inChannels, long outChannels, long[] kernel, long[] stride, long[] padding, long[] outputPadding, long[] dilation, PaddingModes paddingMode, long groups, bool bias, Device? device, ScalarType? dtype)
            : base(nameof(ConvTranspose2d), inChannels, outChannels, kernel, stride, padding, dilation, outputPadding, groups, bias, paddingMode, device, dtype) { }

        public override Tensor forward(Tensor input, long[]? output_size)
        {
            var extra = output_padding;
            if (output_size is not null)
            {
                var sizes = input.shape[^2..];
                extra = [.. Enumerable.Range(0, 2).Select(i => output_size[^(2 - i)] - ((sizes[i] - 1) * stride[i] - 2 * padding[i] + dilation[i] * (kernel_size[i] - 1) + 1))];
            }
            return nn.functional.conv_transpose2d(input, weight, bias, stride, padding, extra, dilation, groups);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static ConvTranspose2d ConvTranspose2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], [padding, padding], [output_padding, output_padding], [dilation, dilation], padding_mode, groups, bias, device, dtype);

            public static ConvTranspose2d ConvTranspose2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? output_padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, Pair(kernel_size), Pair(stride, 1), Pair(padding, 0), Pair(output_padding, 0), Pair(dilation, 1), padding_mode, groups, bias, device, dtype);
        }
    }
}
