using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MicrosoftML.Compat.Tests;

public sealed class ContextTests
{
    [Fact]
    public void Channel_messages_reach_the_log_with_the_names_of_host_and_channel()
    {
        var ml = new MLContext();
        var seen = new List<LoggingEventArgs>();
        ml.Log += (_, e) => seen.Add(e);
        using (var channel = ((IHostEnvironment)ml).Register("TranslateImage").Start("Fit"))
        {
            channel.Info(MessageSensitivity.None, "epoch {0}", 3);
            channel.Warning(MessageSensitivity.None, "slow");
        }
        Assert.All(seen, e => Assert.Equal("TranslateImage; Fit", e.Source));
        Assert.Equal([ChannelMessageKind.Trace, ChannelMessageKind.Info, ChannelMessageKind.Warning, ChannelMessageKind.Trace, ChannelMessageKind.Trace], seen.Select(e => e.Kind));
        Assert.Equal("epoch 3", seen[1].RawMessage);
        Assert.Equal("[Source=TranslateImage; Fit, Kind=Info] epoch 3", seen[1].Message);
        Assert.Equal("Channel started", seen[0].RawMessage);
        Assert.StartsWith("Channel finished", seen[3].RawMessage);
    }

    [Fact]
    public void Options_are_a_bag_by_name()
    {
        var ml = new MLContext();
        Assert.False(ml.TryGetOption<int>("a", out _));
        Assert.Equal(0, ml.GetOptionOrDefault<int>("a"));
        Assert.True(ml.TryAddOption("a", 1));
        Assert.False(ml.TryAddOption("a", 2));
        ml.SetOption("a", 3);
        Assert.True(ml.TryGetOption<int>("a", out var value));
        Assert.Equal(3, value);
        Assert.True(ml.RemoveOption("a"));
        Assert.False(ml.RemoveOption("a"));
    }

    [Fact]
    public void A_seed_repeats_the_hosts_random_numbers()
    {
        static int First(int? seed) => ((IHostEnvironment)new MLContext(seed)).Register("x").Rand.Next();
        Assert.Equal(First(5), First(5));
        Assert.NotEqual(First(5), First(6));
    }

    [Fact]
    public void Exceptions_are_marked_with_the_component()
    {
        var host = ((IHostEnvironment)new MLContext()).Register("Part");
        var error = host.Process(new InvalidOperationException("x"));
        Assert.Equal("Part", error.Data["Throwing component"]);
        Assert.NotNull(error.Data["ML_IsMarked"]);
    }

    [Fact]
    public void The_catalog_keeps_its_environment_in_the_field_that_others_look_for()
    {
        var field = typeof(TransformsCatalog).GetField("_env", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic);
        Assert.Equal("LocalEnvironment", field!.FieldType.Name);
        Assert.IsAssignableFrom<IHostEnvironment>(field.GetValue(new MLContext().Transforms));
    }
}
