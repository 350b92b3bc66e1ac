namespace MlNetImageTranslation.Transforms;

/// <summary>
/// Dynamic batching: while all slots are busy, the images of callers who wait gather, and whoever gets the next free
/// slot runs all of one size together. Nobody ever waits for a batch to fill.
/// </summary>
internal sealed class BatchQueue(SlotPool slots, EngineModel model, int batchSize, ImageScale scale)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<RunRequest> _waiting = [];

    public int BatchSize => batchSize;

    public SlotPool Slots => slots;

    /// <summary>
    /// Runs requests of one padded size, at most a batch; their results (or failures) are in them afterwards.
    /// </summary>
    public void Run(IReadOnlyList<RunRequest> requests)
    {
        if (requests.Count >= batchSize)
        {
            slots.Use(slot => RunGroup(slot, requests));
            return;
        }
        lock (_lock)
            foreach (var request in requests)
                _waiting.AddLast(request);
        try
        {
            foreach (var request in requests)
                if (!request.IsDone)
                    slots.Use(slot => RunWaiting(slot, request));
        }
        catch
        {
            // Never leave behind what nobody waits for, nor an image that another thread is reading: the caller may
            // dispose it now.
            var taken = new List<RunRequest>(requests.Count);
            lock (_lock)
                foreach (var request in requests)
                    if (!_waiting.Remove(request))
                        taken.Add(request);
            taken.ForEach(request => request.Wait());
            throw;
        }
    }

    private bool RunWaiting(RunSlot slot, RunRequest first)
    {
        var group = new List<RunRequest>(batchSize);
        lock (_lock)
        {
            if (first.Taken)
                return false;
            Take(first);
            for (var node = _waiting.First; node is not null && group.Count < batchSize; )
            {
                var (request, next) = (node.Value, node.Next);
                if (request.Fits(first))
                    Take(request);
                node = next;
            }
        }
        return RunGroup(slot, group);

        void Take(RunRequest request)
        {
            request.Taken = true;
            _waiting.Remove(request);
            group.Add(request);
        }
    }

    private bool RunGroup(RunSlot slot, IReadOnlyList<RunRequest> group)
    {
        try
        {
            RunTogether(slot, group);
            foreach (var request in group)
                request.Finish();
        }
        catch (Exception) when (group.Count > 1)
        {
            // One of them may be at fault, or the batch too large: each by itself.
            foreach (var request in group)
                RunGroup(slot, [request]);
        }
        catch (Exception exception)
        {
            group[0].Finish(exception);
        }
        return true;
    }

    private void RunTogether(RunSlot slot, IReadOnlyList<RunRequest> group)
    {
        var padding = group[0].Padding;
        // A model of one batch size gets its batch filled up with whatever the buffer holds.
        int batch = model.Pixels.FixedBatch ?? group.Count;
        slot.Prepare(batch, padding.PaddedHeight, padding.PaddedWidth, scale);
        int inputBytes = slot.Input.Length / batch,
            outputBytes = slot.Output.Length / batch;
        if (batch == 1 && group[0].Padded is { } pixels)
            slot.Run(pixels);
        else
        {
            for (int i = 0; i < group.Count; i++)
                group[i].Write(slot.Input.Slice(i * inputBytes, inputBytes));
            slot.Run();
        }
        for (int i = 0; i < group.Count; i++)
            group[i].Read(slot.Output.Slice(i * outputBytes, outputBytes), scale);
    }
}
