using System.Text.Json.Nodes;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

/// <summary>Whatever is wrong with a checkpoint costs that checkpoint, and is never taken for another state.</summary>
public sealed class CheckpointDamageTests
{
    [Fact]
    public void Every_bit_of_the_state_and_bits_of_every_other_file_are_vouched_for()
    {
        using var folder = new TemporaryFolder();
        string checkpoint = Newest(folder);
        var random = new Random(LongTests.Seed);
        foreach (string file in Directory.GetFiles(checkpoint))
        {
            byte[] bytes = File.ReadAllBytes(file);
            var bits =
                Path.GetFileName(file) == CheckpointDocument.FileName
                    ? Enumerable.Range(0, 8 * bytes.Length)
                    // The length of the header, names in it, numbers.
                    : Enumerable
                        .Range(0, 40 * LongTests.Factor)
                        .Select(i => random.Next(i < 10 ? 64 : 8 * bytes.Length));
            foreach (int bit in bits)
            {
                Flip(bytes, bit);
                File.WriteAllBytes(file, bytes);
                Flip(bytes, bit);
                try
                {
                    _ = new CheckpointReader(checkpoint);
                    Assert.Fail(
                        FormattableString.Invariant($"bit {bit} of '{Path.GetFileName(file)}' was not noticed")
                    );
                }
                catch (InvalidDataException) { }
            }
            File.WriteAllBytes(file, bytes);
        }
        Assert.Equal(14, new CheckpointReader(checkpoint).State.Step);
    }

    public static TheoryData<string> Damages =>
        [
            "state bit",
            "state missing",
            "state empty",
            "weights missing",
            "weights cut",
            "weights are a folder",
            "weights are a link",
            "tensor renamed and vouched for",
            "number missing and vouched for",
            "path outside",
        ];

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_checkpoint_is_set_aside_and_the_one_before_goes_on(string damage)
    {
        using var folder = new TemporaryFolder();
        string newest = Newest(folder),
            run = folder.File("run"),
            state = Path.Combine(newest, CheckpointDocument.FileName),
            weights = Path.Combine(newest, "discriminator.safetensors");
        Spoil(damage, newest, state, weights);
        var checkpoints = new CheckpointFolder(folder.File("run/checkpoints"));
        string sound = checkpoints.All[1];
        // Stops at once: the sound one must not be pushed out by the damaged one.
        TinyRun.Interrupt(run, 1);
        Assert.True(
            Directory.Exists(Path.Combine(folder.File("run/checkpoints"), "damaged-" + Path.GetFileName(newest)))
        );
        Assert.Contains(sound, checkpoints.All);
        Assert.Empty(TinyRun.Resume(run));
        new Pix2PixTrainer(TinyRun.Pix2Pix(folder.File("whole"))).Train();
        Assert.Equal(TinyRun.Hashes(folder.File("whole")), TinyRun.Hashes(run));
    }

    [Fact]
    public void The_warning_says_where_the_damaged_one_is_kept()
    {
        using var folder = new TemporaryFolder();
        File.Delete(Path.Combine(Newest(folder), "generator.safetensors"));
        string warning = Assert.Single(TinyRun.Resume(folder.File("run")));
        Assert.Contains("generator.safetensors' is missing", warning);
        Assert.Contains("kept as 'damaged-step-000000014'", warning);
    }

    [Fact]
    public void A_checkpoint_of_format_1_is_read_by_the_rules_of_before()
    {
        using var folder = new TemporaryFolder();
        string checkpoint = Newest(folder);
        Rewrite(
            checkpoint,
            document =>
            {
                document["formatVersion"] = 1;
                document.Remove("sizes");
                document.Remove("sha256");
            }
        );
        Assert.Equal(14, new CheckpointReader(checkpoint).State.Step);
        Assert.Empty(TinyRun.Resume(folder.File("run")));
        // The next ones are of format 2.
        string newest = new CheckpointFolder(folder.File("run/checkpoints")).All[0];
        Assert.Equal(2, new CheckpointReader(newest).Document.FormatVersion);
        new Pix2PixTrainer(TinyRun.Pix2Pix(folder.File("whole"))).Train();
        Assert.Equal(TinyRun.Hashes(folder.File("whole")), TinyRun.Hashes(folder.File("run")));
    }

    [Theory]
    [InlineData("epoch", "dpoch")]
    [InlineData("step", null)]
    [InlineData("plateau", null)]
    public void Of_format_1_too_names_must_be_known_and_all_there(string name, string? other)
    {
        using var folder = new TemporaryFolder();
        string checkpoint = Newest(folder);
        Rewrite(
            checkpoint,
            document =>
            {
                document["formatVersion"] = 1;
                document.Remove("sizes");
                document.Remove("sha256");
                var state = document["state"]!.AsObject();
                if (other is not null)
                    state[other] = state[name]!.DeepClone();
                state.Remove(name);
            }
        );
        Assert.Throws<InvalidDataException>(() => new CheckpointReader(checkpoint));
    }

    // Two checkpoints: of steps 12 and 14.
    private static string Newest(TemporaryFolder folder)
    {
        TinyRun.Interrupt(folder.File("run"), 14);
        return new CheckpointFolder(folder.File("run/checkpoints")).All[0];
    }

    private static void Flip(byte[] bytes, int bit) => bytes[bit / 8] ^= (byte)(1 << bit % 8);

    private static void Spoil(string damage, string checkpoint, string state, string weights)
    {
        byte[] bytes = File.ReadAllBytes(weights);
        var document = new CheckpointReader(checkpoint).Document;
        switch (damage)
        {
            case "state bit":
                bytes = File.ReadAllBytes(state);
                bytes[bytes.Length / 2] ^= 1;
                File.WriteAllBytes(state, bytes);
                break;
            case "state missing":
                File.Delete(state);
                break;
            case "state empty":
                File.WriteAllBytes(state, []);
                break;
            case "weights missing":
                File.Delete(weights);
                break;
            case "weights cut":
                File.WriteAllBytes(weights, bytes[..^9]);
                break;
            case "weights are a folder":
                File.Delete(weights);
                Directory.CreateDirectory(weights);
                break;
            case "weights are a link":
                File.Delete(weights);
                File.CreateSymbolicLink(weights, "/dev/zero");
                break;
            case "tensor renamed and vouched for":
                // The first letter of the first tensor's name, after the length and '{"'.
                int name = bytes.AsSpan().IndexOf(".weight"u8);
                bytes[name + 1] ^= 1;
                File.WriteAllBytes(weights, bytes);
                string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
                Write(new Dictionary<string, string>(document.Files) { ["discriminator.safetensors"] = hash });
                break;
            case "number missing and vouched for":
                (document with { Numbers = new Dictionary<string, long>() }).Write(checkpoint, flushToDisk: false);
                break;
            case "path outside":
                Write(new Dictionary<string, string>(document.Files) { ["../../../x.safetensors"] = new('0', 64) });
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(damage));
        }

        void Write(Dictionary<string, string> files) =>
            (document with { Files = files }).Write(checkpoint, flushToDisk: false);
    }

    private static void Rewrite(string checkpoint, Action<JsonObject> change)
    {
        string path = Path.Combine(checkpoint, CheckpointDocument.FileName);
        var document = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(document);
        File.WriteAllText(path, document.ToJsonString());
    }
}
