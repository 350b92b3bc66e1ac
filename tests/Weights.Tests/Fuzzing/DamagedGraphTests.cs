using System.Text.Json.Nodes;
using MlNetImageTranslation.Networks;

namespace MlNetImageTranslation.Weights.Tests;

/// <summary>
/// A graph's JSON comes out of files from anywhere: whatever stands in it, the answer is a graph or a FormatException.
/// </summary>
public sealed class DamagedGraphTests
{
    private static readonly Func<JsonNode?>[] s_values =
    [
        () => null,
        () => 0,
        () => -1,
        () => 1,
        () => 3,
        () => int.MaxValue,
        () => int.MinValue,
        () => 1L << 40,
        () => 0.5,
        () => "input",
        () => "",
        () => true,
        () => new JsonArray(),
        () => new JsonObject(),
    ];

    [Theory]
    [InlineData("unet-8")]
    [InlineData("resnet-1")]
    [InlineData("plain-unet")]
    [InlineData("image")]
    [InlineData("vgg16-unet")]
    [InlineData("keras-cyclegan-patch")]
    public void Is_read_or_refused(string name)
    {
        var json = NetworkCatalog.Create(new NetworkOptions { Architecture = name, Filters = 2 }).ToJson();
        var random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 300; i++)
        {
            var graph = JsonNode.Parse(json)!;
            for (int times = random.Next(1, 3); times > 0; times--)
                Damage(graph, random);
            var text = graph.ToJsonString();
            var exception = Record.Exception(() =>
            {
                var read = NetworkGraph.FromJson(text);
                // What was accepted can be asked everything.
                _ = read.Parameters.Sum(parameter => (double)parameter.Count);
                _ = read.ToJson();
            });
            Assert.True(exception is null or FormatException, $"{exception}\n{text}");
            if (exception is not null)
                refused++;
        }
        Assert.True(refused > 50, $"only {refused} were refused");
    }

    private static void Damage(JsonNode graph, Random random)
    {
        var places = new List<(JsonNode Parent, string? Key, int Index)>();
        Collect(graph, places);
        if (places.Count == 0)
            return;
        var (parent, key, index) = places[random.Next(places.Count)];
        var value = s_values[random.Next(s_values.Length)]();
        if (parent is JsonArray array)
            array[index] = value;
        else if (random.Next(5) == 0)
            ((JsonObject)parent).Remove(key!);
        else
            ((JsonObject)parent)[key!] = value;
    }

    private static void Collect(JsonNode node, List<(JsonNode, string?, int)> places)
    {
        if (node is JsonObject members)
            foreach (var (key, value) in members)
            {
                places.Add((node, key, 0));
                if (value is not null)
                    Collect(value, places);
            }
        else if (node is JsonArray items)
            for (int i = 0; i < items.Count; i++)
            {
                places.Add((node, null, i));
                if (items[i] is { } item)
                    Collect(item, places);
            }
    }
}
