using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Conv2d : Convolution
    {
        internal Conv2d(long inChannels, long outChannels, long[] kernel, long[] stride, long[]? padding, Padding? paddingType, long[] dilation, PaddingModes paddingMode, long groups, bool bias, Device? device, ScalarType? dtype)
            : base(nameof(Conv2d), false, inChannels, outChannels, kernel, stride, padding, paddingType, dilation, [0, 0], groups, bias, paddingMode, device, dtype) { }

        public override Tensor forward(Tensor input)
        {
            if (padding_type is { } type) return nn.functional.conv2d_padding(input, weight, bias, stride, type, dilation, groups);
            if (padding_mode == PaddingModes.Zeros) return nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
            using var padded = nn.functional.pad(input, [padding[1], padding[1], padding[0], padding[0]], padding_mode);
            return nn.functional.conv2d(padded, weight, bias, stride, [0], dilation, groups);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], [padding, padding], null, [dilation, dilation], padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, Pair(kernel_size), Pair(stride, 1), Pair(padding, 0), null, Pair(dilation, 1), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
                new(in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], null, padding, [dilation, dilation], padding_mode, groups, bias, device, dtype);

            private static long[] Pair((long, long)? given, long otherwise = 0) => given is var (first, second) ? [first, second] : [otherwise, otherwise];
        }
    }
}
