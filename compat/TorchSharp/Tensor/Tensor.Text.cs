using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Shape, type and device, as TorchSharp's short form: [2x3], type = Float32, device = cpu.</summary>
        public override string ToString() => IsInvalid
            ? "Tensor (disposed)"
            : string.Create(CultureInfo.InvariantCulture, $"[{string.Join('x', shape)}], type = {dtype}, device = {device}");
    }
}
