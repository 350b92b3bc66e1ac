using System.Runtime.CompilerServices;
using MlNetImageTranslation.Datasets;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Philox4x32-10, a counter-based generator: 128 random bits for every 128-bit counter under a 64-bit key
/// (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011). No state, so any draw can be repeated.
/// </summary>
internal static class Philox
{
    /// <summary>The four 32-bit words for one counter and key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (uint A, uint B, uint C, uint D) Block(uint c0, uint c1, uint c2, uint c3, uint key0, uint key1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong left = 0xD2511F53UL * c0,
                right = 0xCD9E8D57UL * c2;
            (c0, c1, c2, c3) = (
                (uint)(right >> 32) ^ c1 ^ key0,
                (uint)right,
                (uint)(left >> 32) ^ c3 ^ key1,
                (uint)left
            );
            key0 += 0x9E3779B9;
            key1 += 0xBB67AE85;
        }
        return (c0, c1, c2, c3);
    }
}
