namespace MlNetImageTranslation.Imaging;

/// <summary>
/// A small font of line strokes for captions: each glyph is a list of polylines on a grid of 5 columns (0-4) and 9 rows
/// (capitals stand on row 6 and reach row 0, small letters start at row 2, descenders end at row 8). "062046" goes
/// (0,6) (2,0) (4,6).
/// </summary>
internal static class StrokeFont
{
    /// <summary>Grid rows between the top of a capital and its foot.</summary>
    public const int CapRows = 6;

    /// <summary>Grid rows of the whole line, with descenders.</summary>
    public const int LineRows = 8;

    // From ' ' (0x20) to '~' (0x7E).
    private static readonly string[] Ascii =
    [
        "",
        "2024 2626",
        "1012 3032",
        "1016 3036 0242 0444",
        "413010010213334445361605 2026",
        "0010110100 3545463635 0640",
        "461201102031130405162644",
        "2022",
        "30212536",
        "10212516",
        "2125 0244 4204",
        "2125 0343",
        "262617",
        "0343",
        "2626",
        "0640",
        "103041453616050110",
        "112026 1636",
        "01103041420646",
        "01103041423313 334445361605",
        "36300444",
        "400002324345361605",
        "4130100105163645443303",
        "004016",
        "103041423313020110 1304051636454433",
        "0516364541301001021343",
        "2323 2626",
        "2323 262617",
        "410345",
        "0242 0444",
        "014305",
        "01103041422324 2626",
        "4616050110304144242242",
        "062046 1434",
        "00063645443303 0030414233",
        "4130100105163645",
        "00062644422000",
        "40000646 0333",
        "400006 0333",
        "41301001051636454323",
        "0006 4046 0343",
        "1030 2026 1636",
        "4045361605",
        "0006 400346",
        "000646",
        "0600234046",
        "06004640",
        "103041453616050110",
        "06003041423303",
        "103041453616050110 2446",
        "06003041423303 2346",
        "413010010213334445361605",
        "0040 2026",
        "000516364540",
        "002640",
        "0016223640",
        "0046 4006",
        "002340 2326",
        "00400646",
        "30202636",
        "0046",
        "10202616",
        "022042",
        "0747",
        "1021",
        "12324346 441405163645",
        "0006 0312324345361605",
        "4332120305163645",
        "4046 4332120305163645",
        "04444332120305163645",
        "40302126 1232",
        "4332120305163645 4247381807",
        "0006 0312324346",
        "122226 1636 2020",
        "2232372818 3030",
        "0006 420446",
        "10202536",
        "0602 03122326 23324346",
        "0602 0312324346",
        "123243453616050312",
        "0208 0312324345361605",
        "4248 4332120305163645",
        "0602 04223243",
        "43321203143445361605",
        "20253646 0242",
        "0205163645 4246",
        "022642",
        "0216233642",
        "0246 4206",
        "0226 4218",
        "02420646",
        "30212213242536",
        "2027",
        "10212233242516",
        "04133443",
    ];

    private static readonly Dictionary<char, Glyph> Others = new()
    {
        ['→'] = new Glyph("0343 314335"),
        ['×'] = new Glyph("0246 4206"),
        ['±'] = new Glyph("2024 0242 0646"),
    };

    private static readonly Glyph[] Glyphs = Array.ConvertAll(Ascii, strokes => new Glyph(strokes));

    /// <summary>The strokes of a character; a question mark where there are none.</summary>
    public static Glyph Find(char character) =>
        character is >= ' ' and <= '~' ? Glyphs[character - ' ']
        : Others.TryGetValue(character, out var glyph) ? glyph
        : Glyphs['?' - ' '];
}
