using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What batch and instance norm share: scale, shift, running statistics.</summary>
public abstract class NormBase : nn.Module<Tensor, Tensor>
{
    public NormBase(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name) : base(name)
    {
        (this.num_features, this.eps, this.momentum) = (num_features, eps, momentum);
        (this.affine, this.track_running_stats) = (affine, track_running_stats);
        if (affine)
        {
            weight = new Parameter(ones([num_features], dtype, device));
            bias = new Parameter(zeros([num_features], dtype, device));
        }
        if (!track_running_stats) return;
        running_mean = zeros([num_features], dtype, device);
        running_var = ones([num_features], dtype, device);
        num_batches_tracked = torch.tensor(0L, ScalarType.Int64, device);
    }

    public long num_features { get; }

    public double eps { get; set; }

    public double? momentum { get; set; }

    public bool affine { get; }

    public bool track_running_stats { get; }

    public Parameter? weight
    {
        get => ParameterOrNull("weight");
        set => SetParameter("weight", value);
    }

    public Parameter? bias
    {
        get => ParameterOrNull("bias");
        set => SetParameter("bias", value);
    }

    public Tensor? running_mean
    {
        get => BufferOrNull("running_mean");
        set => SetBuffer("running_mean", value);
    }

    public Tensor? running_var
    {
        get => BufferOrNull("running_var");
        set => SetBuffer("running_var", value);
    }

    public Tensor? num_batches_tracked
    {
        get => BufferOrNull("num_batches_tracked");
        set => SetBuffer("num_batches_tracked", value);
    }

    public void reset_running_stats()
    {
        running_mean?.fill_(0);
        running_var?.fill_(1);
        num_batches_tracked?.fill_(0);
    }

    public void reset_parameters()
    {
        reset_running_stats();
        if (!affine) return;
        nn.init.ones_(weight);
        nn.init.zeros_(bias);
    }

    protected abstract void ValidateInputDimensions(Tensor input);
}
