using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace MlNetImageTranslation;

/// <summary>Brings memory into the cache that processors do not fetch in advance by themselves.</summary>
internal static unsafe class CacheLines
{
    /// <summary>Bytes of a line.</summary>
    public const int Size = 64;

    /// <summary>Fetches the lines of some values: more rows than a processor follows.</summary>
    /// <param name="first">The first value.</param>
    /// <param name="row">From one value to the next.</param>
    /// <param name="rows">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch(float* first, nint row, int rows)
    {
        for (int i = 0; i < rows; i++)
            Sse.Prefetch0(first + i * row);
    }
}
