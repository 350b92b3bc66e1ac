using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using MlNetImageTranslation.Imaging;
using MlNetImageTranslation.TestSupport;
using MlNetImageTranslation.Transforms.Tests;

namespace MlNetImageTranslation.Evaluation.Tests;

public sealed class RealOrFakeStudyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Image(string name, int seed)
    {
        var file = _folder.File(name);
        ImageEncoder.Save(TestImages.Make(20, 16, seed), file);
        return file;
    }

    [Fact]
    public void A_study_holds_its_images_and_is_the_same_for_the_same_seed()
    {
        string[] real = [Image("r0.png", 0), Image("r1.png", 1), Image("r2.png", 2)],
            fake = [Image("f0.png", 10), Image("f1</script>.png".Replace("/", "-"), 11)];
        string Save(string name, int seed)
        {
            Assert.Equal(
                5,
                new RealOrFakeStudy
                {
                    Trials = 6,
                    PracticeTrials = 2,
                    Seed = seed,
                    Title = "Maps <1>",
                }.Save(_folder.File(name), real, fake)
            );
            return File.ReadAllText(_folder.File(name));
        }
        var first = Save("a.html", 1);
        Assert.Equal(first, Save("b.html", 1));
        Assert.NotEqual(first, Save("c.html", 2));
        Assert.Contains("<title>Maps &lt;1&gt;</title>", first);
        Assert.DoesNotContain("__", first);
        var study = JsonDocument.Parse(Regex.Match(first, @"const study = (.*);\n").Groups[1].Value).RootElement;
        var trials = study.GetProperty("trials").EnumerateArray().ToArray();
        Assert.Equal(8, trials.Length);
        // Every image comes before any comes twice.
        Assert.Equal(3, trials.Take(3).Select(t => t.GetProperty("realName").GetString()).Distinct().Count());
        Assert.All(
            trials,
            t =>
                Assert.StartsWith(
                    "data:image/png;base64,",
                    study.GetProperty("images")[t.GetProperty("fake").GetInt32()].GetString()
                )
        );
    }

    [Fact]
    public void A_study_without_images_or_with_a_bad_protocol_is_refused()
    {
        string[] one = [Image("r.png", 0)];
        Assert.Throws<ArgumentException>(() => new RealOrFakeStudy().Save(_folder.File("s.html"), one, []));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new RealOrFakeStudy { Trials = 0 }.Save(_folder.File("s.html"), one, one)
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new RealOrFakeStudy { Seconds = double.NaN }.Save(_folder.File("s.html"), one, one)
        );
    }

    // A person who always says that the left image is the fake, in a page that is only its script.
    private const string Person = """
        const elements = {}, files = [];
        const document = { getElementById: id => elements[id] ??= { id, hidden: false, decode: () => Promise.resolve() } };
        const setTimeout = f => Promise.resolve().then(f);
        globalThis.Blob = class { constructor(parts) { files.push(parts[0]); } };
        globalThis.URL = { createObjectURL: () => 'blob:' };
        SCRIPT
        (async () => {
          find('start').onclick();
          for (let i = 0; i < 1000 && !files.length; i++) {
            await new Promise(r => setImmediate(r));
            if (current >= 0 && find('answer-left').hidden === false && find('stage').className === '') find('answer-left').onclick();
          }
          console.log(files[0]);
        })();
        """;

    [Fact]
    public void The_page_tallies_what_a_person_answers()
    {
        var node = Environment
            .GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "node"))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(node is null, "There is no node to run the page's script.");
        new RealOrFakeStudy
        {
            Trials = 20,
            PracticeTrials = 3,
            Seed = 4,
        }.Save(_folder.File("s.html"), [Image("r.png", 0)], [Image("f.png", 1)]);
        var script = Regex
            .Match(File.ReadAllText(_folder.File("s.html")), "<script>(.*)</script>", RegexOptions.Singleline)
            .Groups[1]
            .Value;
        var study = JsonDocument.Parse(Regex.Match(script, @"const study = (.*);\n").Groups[1].Value).RootElement;
        var fooled = study
            .GetProperty("trials")
            .EnumerateArray()
            .Skip(3)
            .Count(t => !t.GetProperty("fakeLeft").GetBoolean());
        File.WriteAllText(_folder.File("page.js"), Person.Replace("SCRIPT", script.Replace("'use strict';", "")));
        using var process = Process.Start(
            new ProcessStartInfo(node!, [_folder.File("page.js")]) { RedirectStandardOutput = true }
        )!;
        var result = JsonDocument.Parse(process.StandardOutput.ReadToEnd()).RootElement;
        var tally = result.GetProperty("result");
        Assert.Equal((20, fooled), (tally.GetProperty("trials").GetInt32(), tally.GetProperty("fooled").GetInt32()));
        Assert.Equal(23, result.GetProperty("answers").GetArrayLength());
        // Wilson's interval in closed form.
        double z = 1.959963984540054,
            n = 20,
            p = fooled / n,
            half = z / (1 + z * z / n) * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n)),
            middle = (p + z * z / (2 * n)) / (1 + z * z / n);
        Assert.Equal(middle - half, tally.GetProperty("low").GetDouble(), 1e-12);
        Assert.Equal(middle + half, tally.GetProperty("high").GetDouble(), 1e-12);
    }
}
