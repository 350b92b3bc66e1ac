namespace TorchSharp;

public static partial class torch
{
    /// <summary>One index of a tensor: a number, a range, a tensor, an ellipsis or a new axis.</summary>
    public struct TensorIndex
    {
        internal enum Kind { None, Single, Slice, Tensor, Ellipsis }

        internal Kind What;
        internal long? Start;
        internal long? Stop;
        internal long? Step;
        internal torch.Tensor Picked;

        public static TensorIndex Ellipsis = new() { What = Kind.Ellipsis };

        public static TensorIndex None = new() { What = Kind.None };

        public static TensorIndex Null = new() { What = Kind.None };

        public static TensorIndex Colon = Slice();

        public static TensorIndex Single(long? index) => new() { What = Kind.Single, Start = index };

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new() { What = Kind.Slice, Start = start, Stop = stop, Step = step };

        public static TensorIndex Slice((int?, int?) range) => Slice(range.Item1, range.Item2);

        public static TensorIndex Slice(Range range) => Slice(Signed(range.Start), range.End.Equals(System.Index.End) ? null : Signed(range.End));

        public static TensorIndex Tensor(torch.Tensor tensor) => new() { What = Kind.Tensor, Picked = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(Index index) => Single(Signed(index));

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex((int?, int?) range) => Slice(range);

        private static long Signed(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
