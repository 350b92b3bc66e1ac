using MlNetImageTranslation.Export;
using MlNetImageTranslation.TestSupport;

namespace MlNetImageTranslation.Trainer.Tests;

public sealed class RecipeNamesTests
{
    [Fact]
    public void Options_that_a_preset_set_go_by_its_name_and_others_by_their_trainers()
    {
        Assert.Equal("pix2pix", Pix2Pix(_ => { }));
        Assert.Equal("pix2pix", Pix2Pix(options => options.UseFacades()));
        Assert.Equal("pix2pixhd", Pix2Pix(options => options.UsePix2PixHd()));
        Assert.Equal("pix2pixhd-local", Pix2Pix(options => options.UsePix2PixHdLocal()));
        Assert.Equal("keras-pix2pix", Pix2Pix(options => options.UseKeras()));
        // Its generator alone does not make it.
        Assert.Equal("pix2pix", Pix2Pix(options => options.Generator = "pix2pixhd"));
        Assert.Equal("pix2pix", Pix2Pix(options => options.Generator = "keras-unet-256"));
        var cut = new CutTrainer.Options();
        Assert.Equal("cut", RecipeNames.Of(cut));
        cut.UseFastCut();
        Assert.Equal("fastcut", RecipeNames.Of(cut));
        var cycleGan = new CycleGanTrainer.Options();
        Assert.Equal("cyclegan", RecipeNames.Of(cycleGan));
        cycleGan.UseKeras();
        Assert.Equal("keras-cyclegan", RecipeNames.Of(cycleGan));
        Assert.Equal("regression", RecipeNames.Of(new RegressionTrainer.Options()));

        static string Pix2Pix(Action<Pix2PixTrainer.Options> change)
        {
            var options = new Pix2PixTrainer.Options();
            change(options);
            return RecipeNames.Of(options);
        }
    }

    [Fact]
    public void Log_report_and_model_cards_name_the_recipe_and_the_record_the_trainer()
    {
        using var folder = new TemporaryFolder();
        var options = TinyRun.Pix2Pix(folder.File("run"));
        options.UsePix2PixHd();
        (options.GeneratorFilters, options.DiscriminatorFilters, options.DiscriminatorLayers) = (2, 4, 1);
        (options.LoadSize, options.CropSize) = (new(64, 32), new(64, 32));
        (options.Epochs, options.DecayEpochs, options.MaximumDataSize) = (1, 0, 2);
        (options.Norm, options.Dropout, options.ExportModel) = (Networks.NormalizationKind.Batch, null, true);
        var said = new List<string>();
        new Pix2PixTrainer(options).Train(new Listener(said));
        Assert.StartsWith("pix2pixhd on CPU", Assert.Single(said));
        Assert.Contains("pix2pixhd &#183; ", File.ReadAllText(folder.File("run/report.html")));
        Assert.Contains("\"trainer\": \"pix2pix\"", File.ReadAllText(folder.File("run/options.json")));
        var card = OnnxModelInfo.Read(folder.File("run/model.onnx")).Card!;
        Assert.Equal(("pix2pix", "pix2pixhd"), (card.Provenance!.Trainer, card.Provenance.Recipe));
        var last = RunExporter.Load(folder.File("run"));
        Assert.Equal("pix2pixhd", last.Provenance.Recipe);
        // Networks in the run folder may be older than the name: the options have it.
        var nameless = last with
        {
            Provenance = last.Provenance with { Recipe = null },
        };
        nameless.Save(new RunFolder(folder.File("run")).Snapshot("generator", 1));
        Assert.Equal(
            "pix2pixhd",
            RunExporter.Export(folder.File("run"), folder.File("old.onnx"), "1").Card.Provenance!.Recipe
        );
    }

    [Fact]
    public void Options_that_cannot_be_read_name_none()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(RecipeNames.OfRun(folder.File("options.json")));
        foreach (
            string text in (string[])["", "[]", "{\"trainer\": \"cut\"}", "{\"trainer\": \"cut\", \"options\": 5}"]
        )
        {
            File.WriteAllText(folder.File("options.json"), text);
            Assert.Null(RecipeNames.OfRun(folder.File("options.json")));
        }
        File.WriteAllText(folder.File("options.json"), "{\"trainer\": \"simgan\", \"options\": {}}");
        Assert.Equal("simgan", RecipeNames.OfRun(folder.File("options.json")));
    }

    private sealed class Listener(List<string> said) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Run is not null)
                said.Add(value.Run);
        }
    }
}
