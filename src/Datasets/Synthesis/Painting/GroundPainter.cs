namespace MlNetImageTranslation.Datasets;

/// <summary>The bare surface of a scene seen from above, in full sun, without trees.</summary>
internal sealed class GroundPainter
{
    private readonly SceneRaster _raster;
    private readonly SceneLight _light;
    private readonly float[] _broad,
        _middle,
        _fine,
        _grit;
    private readonly (float R, float G, float B) _water,
        _lawn,
        _asphalt;
    private readonly float _lawnShare;

    public GroundPainter(SceneRaster raster, SceneLight light, SceneRandom random)
    {
        _raster = raster;
        _light = light;
        var pixelsPerUnit = 1 / raster.UnitsPerPixel;
        _broad = NoiseField.CreateFractal(random, raster.Size, 30 * pixelsPerUnit, 2);
        _middle = NoiseField.CreateFractal(random, raster.Size, 7 * pixelsPerUnit, 3);
        _fine = NoiseField.Create(random, raster.Size, 1.6f * pixelsPerUnit);
        _grit = NoiseField.Create(random, raster.Size, 1);
        // Water is blue-gray, green or as gray as a dark roof; never the blue of the map.
        _water = random.Next(3) switch
        {
            0 => (random.Next(40f, 62f), random.Next(62f, 82f), random.Next(76f, 100f)),
            1 => (random.Next(44f, 60f), random.Next(66f, 84f), random.Next(48f, 64f)),
            _ => (random.Next(62f, 78f), random.Next(66f, 78f), random.Next(62f, 76f)),
        };
        _lawn = (random.Next(84f, 118f), random.Next(110f, 134f), random.Next(60f, 80f));
        var gray = random.Next(98f, 142f);
        _asphalt = (gray + 2, gray, gray - random.Next(-4f, 5f));
        _lawnShare = random.Next(-0.5f, 0.5f);
    }

    public (float R, float G, float B) ColorAt(int i)
    {
        float middle = _middle[i],
            fine = _fine[i],
            grit = _grit[i];
        switch (_raster.Cover[i])
        {
            case GroundCover.Water:
                var deep = Math.Clamp(-_raster.Shore[i] / 10, 0, 1);
                return Shade(_water, 1.18f - 0.22f * deep + 0.04f * _broad[i]);
            case GroundCover.Building:
                return RoofAt(i);
            case GroundCover.Street or GroundCover.Avenue or GroundCover.Highway:
                return StreetAt(i);
            case GroundCover.Paving:
                return Shade(
                    _asphalt,
                    (_raster.Blocks[i].Shade > 0 ? 1.18f : 0.80f)
                        + 0.08f * _raster.Blocks[i].Shade
                        + 0.06f * middle
                        + 0.04f * grit
                        + ParkingLine(i)
                );
            case GroundCover.Sidewalk:
                return Shade((178, 174, 164), 1 + 0.06f * middle + 0.05f * grit);
            case GroundCover.Field:
                return FieldAt(i);
            case GroundCover.Park:
                return Shade(_lawn, 1 + 0.12f * _broad[i] + 0.10f * middle + 0.05f * grit);
            case GroundCover.Forest:
                return Shade((58, 74, 44), 1 + 0.15f * middle);
            default:
                // Gardens: patches of lawn among soil and paving.
                var lawn = Math.Clamp((middle + _lawnShare + 0.3f * _raster.Blocks[i].Shade) * 2.5f + 0.5f, 0, 1);
                return Shade(Mix((140, 130, 112), _lawn, lawn), 1 + 0.10f * fine + 0.06f * grit);
        }
    }

    private (float R, float G, float B) RoofAt(int i)
    {
        var building = _raster.Buildings[i]!;
        float u = _raster.U[i],
            v = _raster.V[i];
        // Seams of sheet metal and rows of tiles, across the ridge.
        var seam = MathF.Sin((building.U2 - building.U1 > building.V2 - building.V1 ? u : v) * 3.1f);
        var brightness = 1 + 0.03f * _grit[i] + 0.04f * _fine[i] + 0.16f * seam;
        if (building.IsGabled)
        {
            var (side, alongU) = building.Slope(u, v);
            var towardsSun = alongU ? _light.SunY : _light.SunX;
            brightness *= MathF.Abs(side) < 0.25f ? 1.1f : 1 + 0.30f * MathF.Sign(side) * towardsSun;
        }
        else
        {
            // A parapet, and plant on the roof where its noise is high.
            if (building.Inside(u, v) < 0.6f)
                brightness *= 1.14f;
            else if (_fine[i] > 0.72f && building.Inside(u, v) > 1.5f)
                brightness *= 0.72f;
        }
        return Shade(building.Roof, brightness);
    }

    private (float R, float G, float B) StreetAt(int i)
    {
        float across = MathF.Abs(_raster.Across[i]),
            along = _raster.Along[i],
            half = _raster.HalfWidth[i];
        var brightness = 1 + 0.04f * _middle[i] + 0.09f * _grit[i];
        var cover = _raster.Cover[i];
        if (half - across < 0.45f)
            brightness += 0.16f; // kerb
        if (cover == GroundCover.Avenue && across < 0.45f)
            brightness += 0.55f; // the line between the directions
        if (cover == GroundCover.Highway)
        {
            if (across < 1.1f)
                return Shade((108, 124, 80), brightness); // the green strip between the carriageways
            if (MathF.Abs(across - 3.1f) < 0.3f && Dash(along, 5))
                brightness += 0.4f;
            brightness += 0.06f;
        }
        return Shade(_asphalt, brightness);
    }

    private (float R, float G, float B) FieldAt(int i)
    {
        var block = _raster.Blocks[i];
        var furrow = _raster.FurrowAt(i);
        // From ripe corn to the green of a lawn.
        var ground = Mix(
            (156, 138, 96),
            (_lawn.R + 6, _lawn.G + 2, _lawn.B),
            Math.Clamp(block.Shade * 1.2f + 0.6f, 0, 1)
        );
        return Shade(ground, 1 + 0.14f * furrow + 0.08f * _broad[i] + 0.05f * _grit[i]);
    }

    // White lines between the bays, with lanes in between.
    private float ParkingLine(int i) =>
        Fraction(_raster.U[i] / 2.4f) < 0.2f && Fraction(_raster.V[i] / 9) < 0.6f ? 0.55f : 0;

    private static bool Dash(float along, float period) => Fraction(along / period) < 0.5f;

    private static float Fraction(float value) => value - MathF.Floor(value);

    private static (float R, float G, float B) Shade((float R, float G, float B) color, float brightness) =>
        (color.R * brightness, color.G * brightness, color.B * brightness);

    private static (float R, float G, float B) Mix(
        (float R, float G, float B) a,
        (float R, float G, float B) b,
        float share
    ) => (a.R + (b.R - a.R) * share, a.G + (b.G - a.G) * share, a.B + (b.B - a.B) * share);
}
