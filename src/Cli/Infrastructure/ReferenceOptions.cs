using System.Text.RegularExpressions;

namespace MlNetImageTranslation.Cli;

/// <summary>
/// What to use instead of options and values of pytorch-CycleGAN-and-pix2pix, CUT and pix2pixHD that there are none of
/// here. The error that refuses them says it.
/// </summary>
internal static partial class ReferenceOptions
{
    private const string RunFolder = "--output names the folder of the run.";
    private const string Reports = "Leave it out: report.html is always written; see --sample-every and --tensorboard.";
    private const string Resuming = "--resume goes on from the last checkpoint; it takes no number of an epoch.";
    private const string Translating = "'imt translate' makes images with a trained model.";
    private const string Sizes = "Here the size inside the model comes from --mode and --size.";
    private const string StyleGan = "Networks and sizes of StyleGAN2 are not supported.";
    private const string HdSize =
        "The global generator has four halvings and nine blocks; in --generator pix2pixhd-local-5-2 it has five "
        + "blocks, and the local enhancer two.";
    private const string Instances = "Encoded features of instances are not supported; --instances adds their edges.";

    private static readonly Dictionary<string, string> s_training = new(StringComparer.Ordinal)
    {
        // Options of all three
        ["--name"] = RunFolder,
        ["--checkpoints_dir"] = RunFolder,
        ["--suffix"] = RunFolder,
        ["--model"] = "The command says it: 'imt train pix2pix', 'imt train cyclegan', 'imt train cut' and so on.",
        ["--dataset_mode"] = "Leave it out: this command trains on two unpaired sets.",
        ["--pool_size"] = "Leave it out: this method has no pool, as the reference with a size of 0.",
        ["--num_threads"] = "Leave it out: images are prepared on all cores. --threads sets those of torch.",
        ["--nThreads"] = "Leave it out: images are prepared on all cores. --threads sets those of torch.",
        ["--epoch"] = "Did you mean '--epochs'? " + Resuming,
        ["--which_epoch"] = Resuming,
        ["--epoch_count"] = Resuming,
        ["--load_iter"] = Resuming,
        ["--phase"] = "Leave it out: train, val and test are found by name.",
        ["--verbose"] = "Leave it out: 'imt summary' prints networks.",
        ["--debug"] = "Leave it out; --log-every, --sample-every and --max-data-size make a run short to try.",
        ["--isTrain"] = "Leave it out.",
        ["--save_by_iter"] = "--checkpoint-steps says how often a run is saved.",
        ["--display_id"] = Reports,
        ["--display_server"] = Reports,
        ["--display_env"] = Reports,
        ["--display_port"] = Reports,
        ["--display_ncols"] = Reports,
        ["--display_winsize"] = Reports,
        ["--display_freq"] = Reports,
        ["--display_single_pane_ncols"] = Reports,
        ["--update_html_freq"] = Reports,
        ["--no_html"] = Reports,
        ["--use_wandb"] = Reports,
        ["--wandb_project_name"] = Reports,
        ["--tf_log"] = "--tensorboard writes event files.",
        ["--results_dir"] = Translating,
        ["--aspect_ratio"] = Translating,
        ["--num_test"] = Translating,
        ["--how_many"] = Translating,
        ["--ntest"] = Translating,
        ["--eval"] = "'imt export --norm-statistics' chooses the statistics of batch norm.",
        // Earlier versions, and pix2pixHD
        ["--which_direction"] = "It is --direction here.",
        ["--which_model_netG"] = "It is --generator (--netG) here.",
        ["--which_model_netD"] = "It is --discriminator (--netD) here.",
        ["--loadSize"] = "It is --load-size here: WIDTHxHEIGHT, or one number for a square.",
        ["--fineSize"] = "It is --crop-size here: WIDTHxHEIGHT, or one number for a square.",
        ["--batchSize"] = "It is --batch-size here.",
        ["--niter"] = "It is --epochs here.",
        ["--niter_decay"] = "It is --decay-epochs here.",
        ["--resize_or_crop"] = "It is --preprocess here.",
        ["--no_lsgan"] = "Use --gan-mode vanilla.",
        ["--lambda_A"] = "The weight of the L1 loss is --lambda-l1.",
        ["--identity"] = "It is --lambda-identity here.",
        ["--lambda_L1"] = "This command has no L1 loss with a discriminator; 'imt train pix2pix' has.",
        ["--netD"] = "This command has no choice of discriminators.",
        ["--fp16"] = "Use --precision bfloat16.",
        ["--data_type"] = "Use --precision.",
        // pix2pixHD
        ["--no_instance"] = "Leave it out: instance images are read where --instances names them.",
        ["--instance_feat"] = Instances,
        ["--label_feat"] = Instances,
        ["--feat_num"] = Instances,
        ["--load_features"] = Instances,
        ["--n_downsample_E"] = Instances,
        ["--nef"] = Instances,
        ["--n_clusters"] = Instances,
        ["--n_downsample_global"] = HdSize,
        ["--n_blocks_global"] = HdSize,
        ["--n_blocks_local"] =
            "It is in the name: --generator pix2pixhd-local-9-3 has nine global and three local blocks.",
        ["--n_local_enhancers"] = "There is one local enhancer: --generator pix2pixhd-local.",
        ["--niter_fix_global"] = "Leave it out: all weights are trained from the beginning.",
        ["--load_pretrain"] = "Use --initial-generator and --initial-discriminator with the files of the weights.",
        ["--no_ganFeat_loss"] = "Use --lambda-features 0.",
        ["--no_vgg_loss"] = "Leave it out: without --lambda-perceptual and --vgg there is no such loss.",
        // CUT
        ["--CUT_mode"] = "The command says it: 'imt train cut' or 'imt train fastcut'.",
        ["--normG"] = "Use --norm, of both networks.",
        ["--normD"] = "Use --norm, of both networks.",
        ["--netF"] = "Leave it out: features are projected by two dense layers at sampled places (mlp_sample).",
        ["--no_antialias"] = "Use --generator resnet-9 and --discriminator patch, which have no low-pass filters.",
        ["--no_antialias_up"] = "Use --generator resnet-9, which has no low-pass filters.",
        ["--pretrained_name"] = "Use --initial-generator and --initial-discriminator with the files of the weights.",
        ["--evaluation_freq"] = "Leave it out: 'imt evaluate' computes FID.",
        ["--easy_label"] = "Leave it out: --output names the folder of the run.",
        ["--dataroot_A"] = "It is --data-a here.",
        ["--dataroot_B"] = "It is --data-b here.",
        ["--random_scale_max"] =
            "Images cannot be scaled at random; --preprocess, --load-size and --crop-size crop them.",
        ["--stylegan2_G_num_downsampling"] = StyleGan,
        ["--lambda_R1"] = StyleGan,
    };

    private static readonly Dictionary<string, string> s_translating = new(StringComparer.Ordinal)
    {
        ["--dataroot"] = "--input names the images.",
        ["--results_dir"] = "--output names the results.",
        ["--name"] = "--model takes the model of a run: RUN/model.onnx.",
        ["--checkpoints_dir"] = "--model takes the model of a run: RUN/model.onnx.",
        ["--model_suffix"] = "--model takes one of CycleGAN's two models: RUN/model_ab.onnx or RUN/model_ba.onnx.",
        ["--epoch"] = "'imt export RUN --epoch N' makes the model of another epoch.",
        ["--which_epoch"] = "'imt export RUN --epoch N' makes the model of another epoch.",
        ["--dataset_mode"] = "Leave it out: --input takes one image or a folder of them.",
        ["--phase"] = "Leave it out: --input names the folder itself.",
        ["--num_test"] = "Leave it out: all images of the folder are translated; --include chooses some.",
        ["--how_many"] = "Leave it out: all images of the folder are translated; --include chooses some.",
        ["--ntest"] = "Leave it out: all images of the folder are translated; --include chooses some.",
        ["--eval"] = "'imt export --norm-statistics' chooses the statistics of batch norm.",
        ["--no_dropout"] = "Leave it out: the model says which layers it has.",
        ["--netG"] = "Leave it out: the model says which layers it has.",
        ["--norm"] = "Leave it out: the model says which layers it has.",
        ["--ngf"] = "Leave it out: the model says which layers it has.",
        ["--input_nc"] = "Leave it out: the model says which channels it has.",
        ["--output_nc"] = "Leave it out: the model says which channels it has.",
        ["--preprocess"] = Sizes,
        ["--resize_or_crop"] = Sizes,
        ["--load_size"] = Sizes,
        ["--crop_size"] = Sizes,
        ["--loadSize"] = Sizes,
        ["--fineSize"] = Sizes,
        ["--gpu_ids"] = "Use --device cpu, or --gpu with the number of one GPU.",
    };

    private static readonly Dictionary<(string Option, string Value), string> s_values = new()
    {
        [("--layout", "unaligned")] = "'imt train cyclegan', 'imt train cut' and others learn from unpaired images.",
        [("--layout", "single")] = "'imt translate' reads single images.",
        [("--preprocess", "resize")] = "Use resize-and-crop with --crop-size as large as --load-size.",
        [("--preprocess", "zoom_and_patch")] = "Training on a single image (SinCUT) is not supported.",
        [("--gan-mode", "nonsaturating")] = "Use vanilla: it is the same loss.",
    };

    /// <summary>The options of which something is known.</summary>
    /// <param name="command">As for <see cref="Instead"/>.</param>
    public static IEnumerable<string> Names(string command) => Of(command)?.Keys.AsEnumerable() ?? [];

    /// <summary>What to use instead of an option: a sentence, or null where nothing is known of it.</summary>
    /// <param name="option">The option, as it was typed, without its value.</param>
    /// <param name="command">The command that was typed, such as <c>imt train cut</c>.</param>
    public static string? Instead(string option, string command) => Of(command)?.GetValueOrDefault(option);

    /// <summary>
    /// Whether a command has the options that a sentence names, but for those of other commands, which are quoted:
    /// <c>imt train bigan</c> has no L1 loss.
    /// </summary>
    /// <param name="instead">What <see cref="Instead"/> gave.</param>
    /// <param name="options">The names of the command's options.</param>
    public static bool Suits(string instead, IEnumerable<string> options) =>
        OptionName().Matches(Quoted().Replace(instead, "")).All(name => options.Contains(name.Value));

    /// <summary>What to use instead of a value: a sentence, or null.</summary>
    /// <param name="option">The option by its name here.</param>
    /// <param name="value">What was given.</param>
    public static string? InsteadOfValue(string option, string value) =>
        option == "--gpu" && value.Contains(',', StringComparison.Ordinal)
            ? "A run has one GPU."
            : s_values.GetValueOrDefault((option, value));

    private static Dictionary<string, string>? Of(string command) =>
        command.StartsWith("imt train", StringComparison.Ordinal) ? s_training
        : command == "imt translate" ? s_translating
        : null;

    [GeneratedRegex(@"--[A-Za-z][\w-]*")]
    private static partial Regex OptionName();

    [GeneratedRegex("'[^']*'")]
    private static partial Regex Quoted();
}
