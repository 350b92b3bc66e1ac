using Microsoft.ML;
using Microsoft.ML.Data;

namespace MicrosoftML.Compat.Tests;

public sealed class PredictionEngineTests
{
    private readonly MLContext _ml = new();

    private sealed class Output
    {
        public float Copy { get; set; }

        public float Missing { get; set; }
    }

    private ITransformer Model() => _ml.Transforms.CopyColumns("Copy", "Value").Fit(_ml.Data.LoadFromEnumerable([new Number()]));

    [Fact]
    public void It_predicts_through_the_mapper_and_never_transforms()
    {
        var model = new DelegatingTransformer(Model());
        using var engine = _ml.Model.CreatePredictionEngine<Number, Output>(model);
        Assert.Equal(3f, engine.Predict(new Number { Value = 3 }).Copy);
        var reused = new Output();
        engine.Predict(new Number { Value = 4 }, ref reused);
        Assert.Equal(4f, reused.Copy);
        Assert.Equal(0, model.Transforms);
        Assert.NotNull(engine.OutputSchema.GetColumnOrNull("Copy"));
    }

    [Fact]
    public void It_disposes_the_transformer_unless_told_otherwise()
    {
        var owned = new DelegatingTransformer(Model());
        _ml.Model.CreatePredictionEngine<Number, Output>(owned).Dispose();
        Assert.True(owned.IsDisposed);

        var kept = new DelegatingTransformer(Model());
        _ml.Model.CreatePredictionEngine<Number, Output>(kept, new PredictionEngineOptions { OwnsTransformer = false }).Dispose();
        Assert.False(kept.IsDisposed);
    }

    [Fact]
    public void It_refuses_what_does_not_map_rows_and_columns_that_are_missing_when_asked_to()
    {
        var model = new DelegatingTransformer(Model()) { MapsRows = false };
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Model.CreatePredictionEngine<Number, Output>(model));
        Assert.StartsWith("Must be a row to row mapper", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Model.CreatePredictionEngine<Number, Output>(Model(), ignoreMissingColumns: false));
        using var engine = _ml.Model.CreatePredictionEngine<Number, Output>(Model());
        Assert.Throws<ArgumentNullException>(() => engine.Predict(null!));
    }
}
