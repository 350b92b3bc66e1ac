using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A shape.</summary>
    public struct Size : IEnumerable<long>
    {
        private readonly long[] _shape;

        public Size(long[] shape) => _shape = (long[])shape.Clone();

        public Size(IEnumerable<long> shape) => _shape = shape.ToArray();

        public Size(long size) => _shape = [size];

        public static Size Empty = new(Array.Empty<long>());

        public long[] Shape => _shape;

        public int Length => _shape.Length;

        public bool IsEmpty => _shape.Length == 0;

        public long this[int idx] => _shape[idx];

        public long numel() => _shape.Aggregate(1L, (product, size) => product * size);

        public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)_shape).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => _shape.GetEnumerator();

        public override bool Equals(object? obj) => obj is Size other && _shape.AsSpan().SequenceEqual(other._shape);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach (long size in _shape) hash.Add(size);
            return hash.ToHashCode();
        }

        public static bool operator ==(Size left, Size right) => left.Equals(right);

        public static bool operator !=(Size left, Size right) => !left.Equals(right);

        public static implicit operator Size(long size) => new(size);

        public static implicit operator Size(long[] size) => new(size);
    }
}
