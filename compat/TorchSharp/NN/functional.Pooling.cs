using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Pooling and resampling.
        public static partial class functional
        {
            public static Tensor max_pool2d(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, new[] { kernel_size }, One(stride), One(padding), One(dilation), ceil_mode);

            public static Tensor max_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, new[] { kernel_size.Item1, kernel_size.Item2 }, Two(stride), Two(padding), Two(dilation), ceil_mode);

            public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false) =>
                Aten.One("max_pool2d", input, kernel_size, strides ?? kernel_size, padding ?? [0], dilation ?? [1], ceil_mode);

            public static Tensor avg_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, new[] { kernel_size }, One(stride), new[] { padding }, ceil_mode, count_include_pad, divisor_override);

            public static Tensor avg_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, new[] { kernel_size.Item1, kernel_size.Item2 }, Two(stride), Two(padding), ceil_mode, count_include_pad, divisor_override);

            public static Tensor avg_pool2d(Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                Aten.One("avg_pool2d", input, kernel_size, stride ?? kernel_size, padding ?? [0], ceil_mode, count_include_pad, divisor_override);

            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => adaptive_avg_pool2d(input, new[] { output_size, output_size });

            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) => Aten.One("adaptive_avg_pool2d", input, output_size);

            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) => Aten.One("pixel_shuffle", input, upscale_factor);

            public static Tensor upsample_nearest2d(Tensor input, long[]? outputSizes = null, double[]? scaleFactors = null) =>
                Aten.One("upsample_nearest2d.vec", input, outputSizes, scaleFactors);

            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                if (size is null == scale_factor is null) throw new ArgumentException("Either size or scale_factor should be defined, not both and not none.");
                if (x.ndim != 4) throw new NotSupportedException("interpolate() of other than four dimensions: use the real TorchSharp package.");
                if (scale_factor is { Length: 1 }) scale_factor = [scale_factor[0], scale_factor[0]];
                if (scale_factor is not null && recompute_scale_factor)
                {
                    size = [(long)Math.Floor(x.shape[2] * scale_factor[0]), (long)Math.Floor(x.shape[3] * scale_factor[1])];
                    scale_factor = null;
                }
                bool align = align_corners ?? false;
                return mode switch
                {
                    InterpolationMode.Nearest => Aten.One("upsample_nearest2d.vec", x, size, scale_factor),
                    InterpolationMode.NearestExact => Aten.One("_upsample_nearest_exact2d.vec", x, size, scale_factor),
                    InterpolationMode.Bilinear => Aten.One(antialias ? "_upsample_bilinear2d_aa.vec" : "upsample_bilinear2d.vec", x, size, align, scale_factor),
                    InterpolationMode.Bicubic => Aten.One(antialias ? "_upsample_bicubic2d_aa.vec" : "upsample_bicubic2d.vec", x, size, align, scale_factor),
                    InterpolationMode.Area => adaptive_avg_pool2d(x, size ?? [(long)Math.Floor(x.shape[2] * scale_factor[0]), (long)Math.Floor(x.shape[3] * scale_factor[1])]),
                    _ => throw new ArgumentException($"interpolate() of four dimensions has no mode {mode}."),
                };
            }

            public static Tensor grid_sample(Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear, GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null) =>
                Aten.One("grid_sampler", input, grid, mode == GridSampleMode.Bilinear ? 0L : 1L, padding_mode switch { GridSamplePaddingMode.Zeros => 0L, GridSamplePaddingMode.Border => 1L, _ => 2L }, align_corners ?? false);

            private static long[] One(long? value) => value is { } given ? [given] : null;

            private static long[] Two((long, long)? value) => value is var (first, second) ? [first, second] : null;
        }
    }
}
