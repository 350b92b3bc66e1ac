using Microsoft.ML;
using Microsoft.ML.Data;

namespace MicrosoftML.Compat.Tests;

public sealed class ParallelCursorTests
{
    private readonly MLContext _ml = new();

    private IDataView Numbers(int count) => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(i => new Number { Value = i }));

    private IDataView Map(IDataView data, Action<Number, Doubled> map) => _ml.Transforms.CustomMapping(map, null).Fit(data).Transform(data);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(1000)]
    public void Rows_keep_their_order_and_ids_over_several_threads(int count)
    {
        var view = Map(Map(Numbers(count), DoublingFactory.Map), (s, t) => t.Twice = s.Value + 1);
        using var cursor = view.GetRowCursor(view.Schema);
        var twice = cursor.GetGetter<float>(view.Schema["Twice"]);
        var ids = cursor.GetIdGetter();
        var value = 0f;
        DataViewRowId id = default;
        for (var i = 0; i < count; i++)
        {
            Assert.True(cursor.MoveNext());
            twice(ref value);
            ids(ref id);
            Assert.Equal((i + 1f, (long)i, new DataViewRowId((ulong)i, 0)), (value, cursor.Position, id));
        }
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void An_exception_of_a_getter_arrives_wrapped()
    {
        var view = Map(Numbers(50), (s, _) => { if (s.Value == 30) throw new FormatException("row 30"); });
        var error = Assert.Throws<InvalidOperationException>(() => view.GetColumn<float>("Twice").Count());
        Assert.StartsWith("Splitter/consolidator worker encountered exception", error.Message);
        Assert.IsType<FormatException>(error.InnerException);
    }

    [Fact]
    public void A_cursor_that_is_left_early_stops_its_threads()
    {
        var read = 0;
        var endless = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, int.MaxValue).Select(i => { read = i; return new Number { Value = i }; }));
        var view = Map(endless, DoublingFactory.Map);
        Assert.Equal([0f, 2f], view.GetColumn<float>("Twice").Take(2));
        var after = read;
        Assert.Equal([0f, 2f], _ml.Data.TakeRows(view, 2).GetColumn<float>("Twice"));
        Assert.InRange(after, 1, 100_000);
    }
}
