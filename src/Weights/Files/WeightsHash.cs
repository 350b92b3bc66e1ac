using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace MlNetImageTranslation.Weights;

/// <summary>A fingerprint of weights that does not depend on the file format they are kept in.</summary>
internal static class WeightsHash
{
    /// <inheritdoc cref="StateDict.ComputeHash"/>
    public static string Compute(StateDict weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in weights.Names)
        {
            var tensor = weights[name];
            var bytes = Encoding.UTF8.GetBytes(name);
            Append(hash, bytes.Length);
            hash.AppendData(bytes);
            Append(hash, tensor.Shape.Length);
            foreach (var side in tensor.Shape)
                Append(hash, side);
            if (BitConverter.IsLittleEndian)
                hash.AppendData(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
            else
                foreach (var value in tensor.Values)
                    Append(hash, BitConverter.SingleToInt32Bits(value));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }
}
