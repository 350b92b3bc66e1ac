using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MicrosoftML.Compat.Tests;

public sealed class ChainTests
{
    private readonly MLContext _ml = new();
    private readonly IDataView _data;

    public ChainTests() => _data = _ml.Data.LoadFromEnumerable([new Number { Value = 1 }, new Number { Value = 2 }]);

    [Fact]
    public void A_fitted_chain_has_the_last_transformers_type()
    {
        EstimatorChain<ColumnCopyingTransformer> chain = _ml.Transforms.CopyColumns("b", "Value").Append(_ml.Transforms.CopyColumns("c", "b"));
        TransformerChain<ColumnCopyingTransformer> model = chain.Fit(_data);
        Assert.Equal(2, model.Count());
        Assert.Same(model.Last(), model.LastTransformer);
        Assert.Equal(["Value", "b", "c"], model.Transform(_data).Schema.Select(c => c.Name));
        Assert.Equal([1f, 2f], model.Transform(_data).GetColumn<float>("c"));
    }

    [Fact]
    public void A_missing_column_is_named_before_anything_is_fitted()
    {
        var fitted = 0;
        var chain = _ml.Transforms.CopyColumns("b", "Value").WithOnFitDelegate(_ => fitted++).Append(_ml.Transforms.CopyColumns("d", "c"));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(_data));
        Assert.StartsWith("Could not find input column 'c'", error.Message);
        Assert.Equal("inputSchema", error.ParamName);
        Assert.Equal(0, fitted);
    }

    [Fact]
    public void A_column_added_under_an_old_name_stands_behind_it_and_hides_it()
    {
        var data = _ml.Data.LoadFromEnumerable([new Named { Name = "x", Values = [1, 2, 3] }]);
        var copy = _ml.Transforms.CopyColumns("Copy", "Name").Fit(data).Transform(data);
        var over = _ml.Transforms.CopyColumns("Name", "Values").Fit(copy).Transform(copy);
        var names = over.Schema.Where(c => c.Name == "Name").ToArray();
        Assert.Equal(2, names.Length);
        Assert.Equal(names[0].Index + 1, names[1].Index);
        Assert.True(names[0].IsHidden);
        Assert.Equal([1f, 2f, 3f], over.GetColumn<float[]>("Name").Single());
    }

    [Fact]
    public void Columns_are_dropped_and_selected_in_the_order_asked_for()
    {
        var chain = _ml.Transforms.CopyColumns("b", "Value").Append(_ml.Transforms.CopyColumns("c", "Value"));
        var data = chain.Fit(_data).Transform(_data);
        Assert.Equal(["Value", "c"], _ml.Transforms.DropColumns("b").Fit(data).Transform(data).Schema.Select(c => c.Name));
        var selected = _ml.Transforms.SelectColumns("c", "Value").Fit(data).Transform(data);
        Assert.Equal(["c", "Value"], selected.Schema.Select(c => c.Name));
        Assert.Equal([1f, 2f], selected.GetColumn<float>("c"));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.DropColumns("x").Fit(data));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.CopyColumns("b", "Value").Append(_ml.Transforms.DropColumns("x")).Fit(_data));
    }

    [Fact]
    public void Scopes_filter_what_scoring_runs()
    {
        var chain = new EstimatorChain<ITransformer>()
            .Append(_ml.Transforms.CopyColumns("b", "Value"), TransformerScope.TrainTest)
            .Append(_ml.Transforms.CopyColumns("c", "Value"));
        var model = chain.Fit(_data);
        Assert.Equal(["Value", "c"], model.Transform(_data).Schema.Select(c => c.Name));
        Assert.Equal(["Value", "b", "c"], model.Transform(_data, TransformerScope.Everything).Schema.Select(c => c.Name));
    }

    [Fact]
    public void Disposing_a_chain_disposes_its_transformers()
    {
        var inner = new DelegatingTransformer(_ml.Transforms.CopyColumns("b", "Value").Fit(_data));
        new TransformerChain<ITransformer>(inner).Dispose();
        Assert.True(inner.IsDisposed);
    }
}
