namespace MlNetImageTranslation.Weights;

/// <summary>Names of refused pickle operations, for messages.</summary>
internal static class PickleOperationNames
{
    public static string Of(int code)
    {
        string? name = code switch
        {
            'i' => "INST",
            'o' => "OBJ",
            'P' => "PERSID",
            0x82 or 0x83 or 0x84 => "EXT",
            0x97 or 0x98 => "BUFFER",
            'I' or 'L' or 'F' or 'S' or 'V' or 'p' or 'g' or 'd' or 'l' or '1' => "of text protocols",
            _ => null,
        };
        return name is null ? $"0x{code:x2}" : $"{name} (0x{code:x2})";
    }
}
