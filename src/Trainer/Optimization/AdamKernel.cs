using System.Numerics;
using TorchSharp;

namespace MlNetImageTranslation.Trainer;

/// <summary>
/// Adam on the CPU: one pass in SIMD over the memory of weights, gradients and moments, split over threads.
/// </summary>
internal static unsafe class AdamKernel
{
    /// <summary>Values that one thread takes at a time: four arrays of 128 KB.</summary>
    private const int Chunk = 1 << 15;

    private readonly record struct Piece(nint Weights, nint Gradient, nint First, nint Second, int Length);

    public static void Run(
        NetworkWeight[] weights,
        IList<Tensor> gradients,
        Tensor flat,
        Tensor first,
        Tensor second,
        AdamStep step
    )
    {
        var (w, m, v) = (
            (nint)TensorMemory.Floats(flat),
            (nint)TensorMemory.Floats(first),
            (nint)TensorMemory.Floats(second)
        );
        var contiguous = new List<Tensor>();
        var pieces = new List<Piece>(weights.Length * 2);
        for (int i = 0; i < weights.Length; i++)
        {
            var gradient = gradients[i];
            if (!gradient.is_contiguous())
                contiguous.Add(gradient = gradient.contiguous());
            nint g = (nint)TensorMemory.Floats(gradient),
                offset = (nint)weights[i].Offset * sizeof(float);
            for (long begin = 0; begin < weights[i].Spec.Count; begin += Chunk)
            {
                nint at = (nint)begin * sizeof(float);
                pieces.Add(
                    new(
                        w + offset + at,
                        g + at,
                        m + offset + at,
                        v + offset + at,
                        (int)Math.Min(Chunk, weights[i].Spec.Count - begin)
                    )
                );
            }
        }
        int threads = torch.get_num_threads();
        if (threads == 1 || pieces.Count < 4)
            foreach (var piece in pieces)
                Update(piece, step);
        else
            Parallel.For(0, pieces.Count, new() { MaxDegreeOfParallelism = threads }, i => Update(pieces[i], step));
        foreach (var copy in contiguous)
            copy.Dispose();
    }

    private static void Update(Piece piece, AdamStep step)
    {
        float* weights = (float*)piece.Weights,
            gradients = (float*)piece.Gradient,
            first = (float*)piece.First,
            second = (float*)piece.Second;
        int i = 0;
        if (Vector.IsHardwareAccelerated)
        {
            Vector<float> beta1 = new(step.Beta1),
                rest1 = new(step.OneMinusBeta1),
                beta2 = new(step.Beta2),
                rest2 = new(step.OneMinusBeta2);
            Vector<float> size = new(step.StepSize),
                correction = new(step.SecondCorrection),
                epsilon = new(step.Epsilon);
            for (; i <= piece.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                var gradient = Vector.Load(gradients + i);
                var mean = Vector.Load(first + i) * beta1 + gradient * rest1;
                var square = Vector.Load(second + i) * beta2 + gradient * gradient * rest2;
                Vector.Store(mean, first + i);
                Vector.Store(square, second + i);
                Vector.Store(
                    Vector.Load(weights + i) - size * (mean / (Vector.SquareRoot(square) / correction + epsilon)),
                    weights + i
                );
            }
        }
        for (; i < piece.Length; i++)
        {
            float gradient = gradients[i];
            first[i] = first[i] * step.Beta1 + gradient * step.OneMinusBeta1;
            second[i] = second[i] * step.Beta2 + gradient * gradient * step.OneMinusBeta2;
            weights[i] -= step.StepSize * (first[i] / (MathF.Sqrt(second[i]) / step.SecondCorrection + step.Epsilon));
        }
    }
}
