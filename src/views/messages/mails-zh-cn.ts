import type { mailsEn } from './mails-en.js';

/** What our mails say, in Simplified Chinese. */
export const mailsZhCn: typeof mailsEn = {
  closing: (company) => `此邮件由 ${company} 的登录服务发送，请勿直接回复。`,
  hello: (name) => `${name}，你好：`,
  onceFor: (time) => `链接只能使用一次，有效期为${time}。`,
  onceUntil: (moment) => `链接只能使用一次，有效期至 ${moment}。`,
  ignore: '如果这不是你本人的操作，忽略此邮件即可，不会有任何改动。',
  notYou: '这不是我',
  notYouText: '如果是你本人，无需任何操作。如果不是，请打开此链接：你会在所有设备上退出登录，并可以设置新密码。',
  when: '时间',
  browser: '浏览器',
  browserOn: (browser, system) => `${system} 上的 ${browser}`,
  unknownBrowser: '未知',
  place: '地点',
  address: '网络地址',
  signUp: {
    subject: (company) => `创建你的 ${company} 账号`,
    text: (company) => `有人（应该是你）想用这个邮箱在 ${company} 创建账号。`,
    action: '继续',
  },
  signUpExisting: {
    subject: (company) => `你已有 ${company} 账号`,
    text: (company) => `有人（应该是你）想用这个邮箱在 ${company} 创建账号。账号已经存在，直接登录即可。`,
    action: '登录',
    forgotten: '如果忘记了密码，可以在登录页面设置新密码。',
  },
  signInCode: {
    subject: (company: string) => `${company} 登录验证码`,
    text: (company: string) => `请在 ${company} 的登录页面输入此验证码。`,
    lasts: (time: string) => `验证码只能使用一次，有效期 ${time}。`,
    warning: '公司的任何人都不会向你索要验证码。如果你没有在登录，说明有人知道了你的密码，请立即更改。',
  },
  recoveryCodeUsed: {
    subject: '有恢复码被使用',
    text: (company: string, remaining: number) =>
      `有人（很可能是你本人）使用你的一个恢复码登录了 ${company}。你还剩 ${String(remaining)} 个恢复码。如果不是你本人，请重新生成恢复码并更改密码。`,
    action: '查看你的两步验证',
  },
  invitation: {
    subject: (company) => `邀请你加入 ${company}`,
    text: (company) => `现邀请你用这个邮箱在 ${company} 创建账号。`,
    action: '接受邀请',
    unexpected: '如果你并不知道这个邀请，忽略此邮件即可。',
  },
  verifyEmail: {
    subject: '请确认你的邮箱',
    text: (company) => `请确认这是你 ${company} 账号的邮箱。`,
    action: '确认邮箱',
  },
  addressInUse: {
    subject: '你的邮箱已在使用',
    text: (company) =>
      `有人（应该是你）想把这个邮箱用于另一个 ${company} 账号。它已经属于你现有的账号，因此没有任何改动。`,
  },
  changeEmail: {
    subject: '请确认你的新邮箱',
    text: (company) => `请确认将这个邮箱用于你的 ${company} 账号。`,
    action: '确认新邮箱',
  },
  emailChanged: {
    subject: '你的邮箱已更改',
    text: (company) => `你 ${company} 账号的邮箱已更改，今后的邮件会发送到新邮箱。`,
  },
  resetPassword: {
    subject: '设置新密码',
    text: (company) => `有人（应该是你）想为你的 ${company} 账号设置新密码。`,
    action: '设置新密码',
    ignore: '如果这不是你本人的操作，忽略此邮件即可，密码保持不变。',
  },
  directoryPassword: {
    subject: '你的密码不在这里保管',
    text: '你的密码由公司的目录保管，请在那里更改，更改后在这里立即生效。',
  },
  securedSessions: {
    text: (company) => `你告诉我们，你的 ${company} 账号中有操作不是你本人所为。你已在所有设备上退出登录。`,
  },
  securedAccount: {
    text: (company) => `你告诉我们，${company} 账号中有不是你本人的操作。你已在所有设备上退出登录，原密码不再有效。`,
  },
  passwordChanged: {
    subject: '你的密码已更改',
    text: (company) => `你 ${company} 账号的密码已更改。`,
  },
  accountDeleted: {
    subject: (company) => `你的 ${company} 账号已删除`,
    byUser: (company) => `你删除了自己的 ${company} 账号。账号及其所有数据均已删除，你已在所有设备上退出登录。`,
    byAdministrator: (company) =>
      `管理员删除了你的 ${company} 账号。账号及其所有数据均已删除，你已在所有设备上退出登录。`,
    unexpected: (company) => `如果这出乎你的意料，请告知 ${company} 的管理员。`,
  },
  expires: {
    end: '到期时间',
    client_secret: {
      label: '应用',
      subject: (name) => `${name} 的密钥即将到期`,
      text: (company) =>
        `你负责的 ${company} 的一个应用使用的密钥即将到期。到期后，如果应用没有新的密钥，任何人都无法使用它。`,
      next: '请为它再创建一个密钥，交给应用使用，然后删除旧的密钥：两个密钥可以同时有效。',
    },
    identity_provider_secret: {
      label: '登录提供方',
      subject: (name) => `${name} 的密钥即将到期`,
      text: (company) =>
        `${company} 的用户通过一个外部提供方登录，所用的密钥即将到期。到期后，如果没有新的密钥，任何人都无法这样登录。`,
      next: '请在该提供方创建新的密钥，并把它和到期时间填写到这里。',
    },
    tls_certificate: {
      label: '设置项',
      subject: () => '登录服务的证书即将到期',
      text: (company) => `${company} 的登录服务所用的证书即将到期。到期后，浏览器会拒绝打开它。`,
      next: '请换上新的证书，并重新启动服务。',
    },
    trusted_certificate: {
      label: '设置项',
      subject: () => '一个受信任的证书即将到期',
      text: (company) => `${company} 的登录服务凭一个即将到期的证书信任其他服务器。到期后，它将无法连接这些服务器。`,
      next: '请换上新的证书，并重新启动服务。',
    },
    directory_certificate: {
      label: '目录',
      subject: (name) => `目录 ${name} 的证书即将到期`,
      text: (company) => `${company} 的登录服务凭一个即将到期的证书信任一个目录。到期后，该目录中的任何人都无法登录。`,
      next: '请通过管理 API 填写该目录的新证书。',
    },
  },
  unusedAccess: {
    subject: '你不使用的应用将失去访问权限',
    text: (company, date) =>
      `你曾允许下列应用使用你的 ${company} 账号，但已很久没有用到。它们将在 ${date} 失去访问权限。`,
    all: (date) => `全部权限，自 ${date} 起未使用`,
    parts: (date) => `部分权限，自 ${date} 起未使用`,
    keep: '在此之前使用过的权限会保留。如果以后需要某个应用，重新登录即可，它会再次向你请求。',
    action: '查看你的应用',
  },
  newDevice: {
    subject: (company) => `你的 ${company} 账号有新的登录`,
    text: (company) => `有人用我们还不认识的浏览器登录了你的 ${company} 账号。`,
  },
  factorAdded: {
    subject: '新增了一种登录方式',
    text: (company, factor) => `你的 ${company} 账号新增了：${factor}。`,
  },
  factorRemoved: {
    subject: '移除了一种登录方式',
    text: (company, factor) => `你的 ${company} 账号移除了：${factor}。`,
  },
  webhookDisabled: {
    subject: '一个 Webhook 已停用',
    gone: '一个 Webhook 回答说它已不存在（410），因此已被停用。',
    failing: '一个 Webhook 连续五天没有成功接收任何消息，因此已被停用。',
    host: '接收地址',
    resume: '从现在起发生的事不会再通知它。请通过管理 API 重新启用或删除它。',
  },
  factors: {
    totp: '身份验证器应用',
    passkey: '通行密钥',
    'recovery-codes': '恢复代码',
    'mail-code': '邮件验证码',
    identity: '关联的账号',
    other: '其他登录方式',
  },
};
