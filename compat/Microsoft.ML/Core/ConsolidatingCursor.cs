using System.Collections.Concurrent;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Runs each cursor of a set on a thread of its own and serves their rows by batch number, which is the input's order.</summary>
internal sealed class ConsolidatingCursor : BatchCursor
{
    private const int BatchesAhead = 2;
    private readonly bool[] _active;
    private readonly Worker[] _workers;
    private bool _disposed;

    public ConsolidatingCursor(DataViewRowCursor[] inputs, DataViewSchema schema, bool[] active) : base(schema)
    {
        _active = active;
        _workers = inputs.Select(input => new Worker(input, schema, active)).ToArray();
    }

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    protected override RowBatch NextBatch()
    {
        // A batch is next when every other worker is past it, so each worker's next one must be known.
        var first = _workers.Where(w => w.Peek() != null).MinBy(w => w.Peek().Number);
        return first?.Take();
    }

    protected override void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        foreach (var worker in _workers) worker.Stop();
        foreach (var worker in _workers) worker.Join();
        base.Dispose(disposing);
    }

    private sealed class Worker
    {
        private readonly BlockingCollection<RowBatch> _done = new(BatchesAhead);
        private readonly CancellationTokenSource _stop = new();
        private readonly Thread _thread;
        private RowBatch _head;
        private volatile Exception _error;

        public Worker(DataViewRowCursor input, DataViewSchema schema, bool[] active)
        {
            _thread = new Thread(() => Run(input, schema, active)) { IsBackground = true, Name = "Data view cursor" };
            _thread.Start();
        }

        public RowBatch Peek()
        {
            if (_head == null && !_done.TryTake(out _head, Timeout.Infinite) && _error is { } error)
                throw Contracts.Except("Splitter/consolidator worker encountered exception while consuming source data", error);
            return _head;
        }

        public RowBatch Take()
        {
            var batch = _head;
            _head = null;
            return batch;
        }

        public void Stop() => _stop.Cancel();

        public void Join() => _thread.Join();

        private void Run(DataViewRowCursor input, DataViewSchema schema, bool[] active)
        {
            try
            {
                using (input)
                {
                    var record = RowBatch.RecorderOf(input, active);
                    RowBatch batch = null;
                    while (!_stop.IsCancellationRequested && input.MoveNext())
                    {
                        if (batch != null && (batch.Number != input.Batch || batch.Count == RowBatch.MaxRows))
                        {
                            _done.Add(batch, _stop.Token);
                            batch = null;
                        }
                        record(batch ??= new RowBatch(input.Batch, schema, active));
                    }
                    if (batch != null) _done.Add(batch, _stop.Token);
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested) { }
            catch (Exception error)
            {
                _error = error;
            }
            finally
            {
                _done.CompleteAdding();
            }
        }
    }
}
