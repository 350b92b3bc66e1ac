namespace MlNetImageTranslation.Imaging;

/// <summary>The checksum of PNG chunks (CRC-32, polynomial 0xEDB88320), eight bytes a step.</summary>
internal static class Crc32
{
    private static readonly uint[] Tables = MakeTables();

    /// <summary>Continues a checksum; start with 0.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        crc = ~crc;
        var t = Tables;
        for (; data.Length >= 8; data = data[8..])
        {
            crc ^= (uint)(data[0] | data[1] << 8 | data[2] << 16 | data[3] << 24);
            crc =
                t[7 * 256 + (byte)crc]
                ^ t[6 * 256 + (byte)(crc >> 8)]
                ^ t[5 * 256 + (byte)(crc >> 16)]
                ^ t[4 * 256 + (crc >> 24)]
                ^ t[3 * 256 + data[4]]
                ^ t[2 * 256 + data[5]]
                ^ t[256 + data[6]]
                ^ t[data[7]];
        }
        foreach (var value in data)
            crc = t[(byte)(crc ^ value)] ^ crc >> 8;
        return ~crc;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (uint i = 0; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? value >> 1 ^ 0xEDB88320 : value >> 1;
            tables[i] = value;
        }
        for (var i = 256; i < tables.Length; i++)
            tables[i] = tables[(byte)tables[i - 256]] ^ tables[i - 256] >> 8;
        return tables;
    }
}
